package io.elottery.ledger.head;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A head and who signed it. When more than half of the voters did, no other history of the shard
 * can have a majority: who holds one holds what was not acknowledged, or is to be believed no more.
 *
 * @param signatures by server; all of this head. That they hold is checked by whoever reads it
 */
public record CountersignedHead(Head head, SortedMap<NodeId, SignedHead> signatures) {
  /** Signatures, at most. */
  static final int SIGNERS_MAX = 16;

  private static final int VERSION = 1;

  /** Copies. */
  public CountersignedHead {
    signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    if (signatures.size() > SIGNERS_MAX
        || signatures.values().stream().anyMatch(it -> !it.head().same(head))) {
      throw new IllegalArgumentException("signatures of another head, or too many");
    }
  }

  /** Whether more than half signed, of as many voters as any signer names and at least these. */
  public boolean isByMajority(int voters) {
    int most = voters;
    for (SignedHead signed : signatures.values()) {
      most = Math.max(most, signed.voters());
    }
    return signatures.size() * 2 > most;
  }

  /** Its bytes. */
  public byte[] encode() {
    WireWriter out = new WireWriter(4_096).u8(VERSION);
    head.write(out);
    out.u8(signatures.size());
    for (Map.Entry<NodeId, SignedHead> one : signatures.entrySet()) {
      out.text(one.getKey().name());
      one.getValue().write(out);
    }
    return out.toBytes();
  }

  /** Reads {@link #encode()}. */
  public static CountersignedHead decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessage("countersigned head of version " + version);
    }
    Head head = Head.read(in);
    int count = in.u8();
    if (count > SIGNERS_MAX) {
      throw new MalformedMessage(count + " signatures");
    }
    SortedMap<NodeId, SignedHead> signatures = new TreeMap<>();
    try {
      for (int i = 0; i < count; i++) {
        signatures.put(NodeId.of(in.text()), SignedHead.read(head, in));
      }
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
    in.done();
    return new CountersignedHead(head, signatures);
  }

  /** As a message to a member that may not know it. */
  public Envelope envelope() {
    return new Envelope(LedgerKinds.HEAD_KNOWN, VERSION, encode());
  }
}
