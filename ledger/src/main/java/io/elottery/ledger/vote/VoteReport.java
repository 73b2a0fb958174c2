package io.elottery.ledger.vote;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.ShardId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a gateway tells the mains of a vote in which copies were wrong or silent. It says what was
 * asked, so that main can repeat it: main believes its own comparison only.
 *
 * @param query what was asked; not copied
 * @param odd who was not right, and how
 * @param rows how often in a row each of the wrong ones was wrong at this gateway
 */
public record VoteReport(
    String actorKey,
    ShardId shard,
    byte[] query,
    SortedMap<NodeId, Said> odd,
    SortedMap<NodeId, Integer> rows) {
  private static final int VERSION = 1;
  private static final int COPIES_MAX = 16;

  /** Copies. */
  public VoteReport {
    odd = Collections.unmodifiableSortedMap(new TreeMap<>(odd));
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /** Of a vote; whoever was right is left out. */
  public static VoteReport of(
      String actorKey,
      ShardId shard,
      byte[] query,
      Map<NodeId, Said> said,
      Map<NodeId, Integer> rows) {
    SortedMap<NodeId, Said> odd = new TreeMap<>(said);
    odd.values().removeIf(Said.RIGHT::equals);
    return new VoteReport(actorKey, shard, query, odd, new TreeMap<>(rows));
  }

  /** As an envelope. */
  public Envelope envelope() {
    WireWriter out =
        new WireWriter(query.length + 128)
            .text(actorKey)
            .u16(shard.number())
            .bytes(query)
            .varint(odd.size());
    odd.forEach(
        (server, how) ->
            out.text(server.name()).u8(how.ordinal()).varint(rows.getOrDefault(server, 0)));
    return new Envelope(LedgerKinds.VOTE_REPORT, VERSION, out.toBytes());
  }

  /** Reads {@link #envelope()}. */
  public static VoteReport of(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": this build reads version " + VERSION);
    }
    WireReader in = new WireReader(envelope.body());
    String actorKey = in.text();
    int shard = in.u16();
    if (shard >= ShardId.MAX) {
      throw new MalformedMessage("shard " + shard);
    }
    byte[] query = in.bytes();
    SortedMap<NodeId, Said> odd = new TreeMap<>();
    SortedMap<NodeId, Integer> rows = new TreeMap<>();
    for (int left = in.count(COPIES_MAX); left > 0; left--) {
      NodeId server = server(in.text());
      odd.put(server, said(in.u8()));
      int row = (int) Math.min(in.varint(), Integer.MAX_VALUE);
      if (row > 0) {
        rows.put(server, row);
      }
    }
    in.done();
    return new VoteReport(actorKey, new ShardId(shard), query, odd, rows);
  }

  private static NodeId server(String name) throws MalformedMessage {
    try {
      return NodeId.of(name);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private static Said said(int number) throws MalformedMessage {
    return switch (number) {
      case 1 -> Said.WRONG;
      case 2 -> Said.SILENT;
      default -> throw new MalformedMessage("a copy said " + number + ": expected 1 or 2");
    };
  }
}
