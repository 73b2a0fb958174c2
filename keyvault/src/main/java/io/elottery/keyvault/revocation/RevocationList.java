package io.elottery.keyvault.revocation;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All keys that count no more, in one version. It only grows: of two lists the one with the higher
 * version is taken, and whoever makes a new one begins with the newest. Immutable, any thread.
 */
public final class RevocationList {
  /** Before the first revocation. */
  public static final RevocationList NONE = new RevocationList(0, List.of());

  /** Keys that may be on it; a network has some hundred servers. */
  public static final int ENTRIES_MAX = 5_000;

  private static final int FORMAT = 1;

  private final long version;
  private final SortedMap<String, Revocation> byKey = new TreeMap<>();
  private final Map<String, Revocation> bySerial = new HashMap<>();

  private RevocationList(long version, Collection<Revocation> entries) {
    this.version = version;
    for (Revocation entry : entries) {
      byKey.put(entry.keyDigest(), entry);
      bySerial.put(entry.serial(), entry);
    }
  }

  /** Counts up with each change. */
  public long version() {
    return version;
  }

  /** The entries, by key. */
  public List<Revocation> entries() {
    return List.copyOf(byKey.values());
  }

  /** Why this certificate is not accepted: its key or its serial is on the list. */
  public Optional<Revocation> of(X509Certificate certificate) {
    Optional<Revocation> byKeyFound = of(certificate.getPublicKey());
    return byKeyFound.isPresent()
        ? byKeyFound
        : Optional.ofNullable(bySerial.get(Revocation.serial(certificate)));
  }

  /** Why no certificate is given for this key. */
  public Optional<Revocation> of(PublicKey key) {
    return Optional.ofNullable(byKey.get(Revocation.digest(key)));
  }

  /** The entry of this {@link Revocation#id()}. */
  public Optional<Revocation> byId(String id) {
    return byKey.values().stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /**
   * This list with one more key, or a key's newer state, one version higher.
   *
   * @throws IllegalStateException with {@value #ENTRIES_MAX} keys on it
   */
  public RevocationList with(Revocation entry) {
    if (byKey.size() >= ENTRIES_MAX && !byKey.containsKey(entry.keyDigest())) {
      throw new IllegalStateException("the revocation list is full: " + ENTRIES_MAX + " keys");
    }
    List<Revocation> more = new ArrayList<>(byKey.values());
    more.add(entry);
    return new RevocationList(version + 1, more);
  }

  /**
   * What holds when two mains made a list each: whatever either revoked stays revoked. The higher
   * one where it holds all of the other, else a new version over both.
   */
  public RevocationList merged(RevocationList other) {
    RevocationList higher = version >= other.version ? this : other;
    RevocationList lower = version >= other.version ? other : this;
    List<Revocation> missing = new ArrayList<>();
    for (Revocation entry : lower.byKey.values()) {
      Revocation known = higher.byKey.get(entry.keyDigest());
      if (known == null || entry.saysMoreThan(known)) {
        missing.add(entry);
      }
    }
    if (missing.isEmpty()) {
      return higher;
    }
    List<Revocation> all = new ArrayList<>(higher.byKey.values());
    all.addAll(missing);
    return new RevocationList(higher.version + 1, all);
  }

  /** The same version for servers that need not know which officers acted. */
  public RevocationList withoutPeople() {
    return new RevocationList(
        version, byKey.values().stream().map(Revocation::withoutPeople).toList());
  }

  /** As it goes to every server. */
  public Envelope toEnvelope() {
    return new Envelope(KeyvaultKinds.REVOCATIONS, KeyvaultKinds.VERSION, encoded());
  }

  /** As it is kept. */
  public byte[] encoded() {
    WireWriter out = new WireWriter(256).u8(FORMAT).i64(version).varint(byKey.size());
    byKey.values().forEach(entry -> entry.write(out));
    return out.toBytes();
  }

  /** Reads it. */
  public static RevocationList decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("revocations: format " + format + " is not known");
    }
    long version = in.i64();
    List<Revocation> entries = new ArrayList<>();
    for (int left = in.count(ENTRIES_MAX); left > 0; left--) {
      entries.add(Revocation.read(in));
    }
    in.done();
    if (version < 0) {
      throw new MalformedMessage("revocations: version " + version);
    }
    return new RevocationList(version, entries);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RevocationList list
        && version == list.version
        && byKey.equals(list.byKey);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(version) * 31 + byKey.hashCode();
  }

  @Override
  public String toString() {
    return "revocations " + version + " of " + byKey.size() + " keys";
  }
}
