package io.elottery.reports.scrub;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's last scrub: it reads everything its ledger keeps back from the disk and compares it
 * with its checksums.
 *
 * @param begunAt by the worker's clock; {@link Instant#EPOCH} before the first
 * @param endedAt of the one that was begun; {@link Instant#EPOCH} while it is under way
 * @param records read back
 * @param bytes read back
 * @param damages one sentence for each; none = all is as it was written
 */
public record Scrub(
    State state, Instant begunAt, Instant endedAt, long records, long bytes, List<String> damages) {
  /** None yet. */
  public static final Scrub NEVER =
      new Scrub(State.NEVER, Instant.EPOCH, Instant.EPOCH, 0, 0, List.of());

  private static final int FORMAT = 1;
  private static final int DAMAGES_MAX = 10_000;

  /** Where it stands. Codes on the wire are the positions here: only ever append. */
  public enum State {
    /** Not since this process runs. */
    NEVER,
    /** Under way. */
    UNDER_WAY,
    /** All was read. */
    DONE,
    /** It could not be read to the end. */
    FAILED
  }

  /** Copies. */
  public Scrub {
    damages = List.copyOf(damages);
  }

  /** Whether all was read and nothing was damaged. */
  public boolean isSound() {
    return state == State.DONE && damages.isEmpty();
  }

  /** As the answer to {@link ReportsKinds#SCRUB}. */
  public Envelope envelope() {
    WireWriter out =
        new WireWriter()
            .u8(FORMAT)
            .u8(state.ordinal())
            .i64(begunAt.toEpochMilli())
            .i64(endedAt.toEpochMilli())
            .varint(records)
            .varint(bytes)
            .varint(damages.size());
    damages.forEach(out::text);
    return new Envelope(ReportsKinds.SCRUBBED, ReportsKinds.VERSION, out.toBytes());
  }

  /** Reads {@link #envelope}'s body. */
  public static Scrub parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    int format = in.u8();
    int state = in.u8();
    if (format != FORMAT || state >= State.values().length) {
      throw new MalformedMessage("scrub of format " + format + ", state " + state);
    }
    Instant begun = Instant.ofEpochMilli(in.i64());
    Instant ended = Instant.ofEpochMilli(in.i64());
    long records = in.varint();
    long bytes = in.varint();
    List<String> damages = new ArrayList<>();
    for (int left = in.count(DAMAGES_MAX); left > 0; left--) {
      damages.add(in.text());
    }
    in.done();
    return new Scrub(State.values()[state], begun, ended, records, bytes, damages);
  }
}
