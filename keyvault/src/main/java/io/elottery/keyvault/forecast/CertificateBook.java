package io.elottery.keyvault.forecast;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest certificate of each server that was ever given one or seen with one. Immutable. */
public final class CertificateBook {
  /** Before the first one. */
  public static final CertificateBook EMPTY = new CertificateBook(new TreeMap<>());

  private static final int FORMAT = 1;
  private static final int SERVERS_MAX = 5_000;

  private final SortedMap<NodeId, KnownCertificate> byNode;

  private CertificateBook(SortedMap<NodeId, KnownCertificate> byNode) {
    this.byNode = byNode;
  }

  /** By server's name. */
  public List<KnownCertificate> all() {
    return List.copyOf(byNode.values());
  }

  /** The server's newest one. */
  public Optional<KnownCertificate> of(NodeId node) {
    return Optional.ofNullable(byNode.get(node));
  }

  /** With this one, where it is newer than what is known; else the same book. */
  public CertificateBook with(KnownCertificate seen) {
    KnownCertificate known = byNode.get(seen.node());
    boolean full = known == null && byNode.size() >= SERVERS_MAX;
    if (full || (known != null && !seen.isNewerThan(known))) {
      return this;
    }
    SortedMap<NodeId, KnownCertificate> more = new TreeMap<>(byNode);
    more.put(seen.node(), seen);
    return new CertificateBook(more);
  }

  /** With all that the other book knows better. */
  public CertificateBook with(CertificateBook other) {
    CertificateBook both = this;
    for (KnownCertificate known : other.byNode.values()) {
      both = both.with(known);
    }
    return both;
  }

  /** As it is kept. */
  public byte[] encoded() {
    WireWriter out = new WireWriter(1024).u8(FORMAT).varint(byNode.size());
    byNode.values().forEach(known -> known.write(out));
    return out.toBytes();
  }

  /** Reads it. */
  public static CertificateBook decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("certificate book: format " + format + " is not known");
    }
    SortedMap<NodeId, KnownCertificate> byNode = new TreeMap<>();
    for (int left = in.count(SERVERS_MAX); left > 0; left--) {
      KnownCertificate known = KnownCertificate.read(in);
      byNode.put(known.node(), known);
    }
    in.done();
    return new CertificateBook(byNode);
  }
}
