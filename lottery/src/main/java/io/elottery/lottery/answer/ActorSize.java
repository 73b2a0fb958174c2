package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;

/**
 * What one actor takes.
 *
 * @param id {@code game:id} of a draw, or a player's
 * @param tickets of a draw, those sold; of a player, those in draws of other branches
 * @param bytes in memory, about; see {@link Census}
 */
public record ActorSize(String id, Kind kind, long tickets, long bytes) {
  /** What it is. */
  public enum Kind {
    /** A draw with its tickets. */
    DRAW,
    /** A customer or operator. */
    PLAYER
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    out.text(id).u8(kind.ordinal()).varint(tickets).varint(bytes);
  }

  /** Reads what {@link #write} wrote. */
  public static ActorSize read(WireReader in) throws MalformedMessage {
    return new ActorSize(in.text(), Fields.choice(in, Kind.values()), in.varint(), in.varint());
  }
}
