package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * How many actors are held in memory and about what they take: estimates by the sizes of their
 * parts on a 64-bit JVM with compressed references, not measurements.
 *
 * @param draws with their tickets
 * @param players customers and operators, with their wagers in other branches and their diaries
 */
public record Census(Kind draws, Kind players) {
  /**
   * Actors of one kind.
   *
   * @param tickets that belong to them
   * @param bytes about, all together
   */
  public record Kind(long actors, long tickets, long bytes) {
    private Kind plus(Kind other) {
      return new Kind(actors + other.actors, tickets + other.tickets, bytes + other.bytes);
    }

    private void write(WireWriter out) {
      out.varint(actors).varint(tickets).varint(bytes);
    }

    private static Kind read(WireReader in) throws MalformedMessage {
      return new Kind(in.varint(), in.varint(), in.varint());
    }
  }

  /** That many more. */
  public Census plus(Census other) {
    return new Census(draws.plus(other.draws), players.plus(other.players));
  }

  /** Of nobody. */
  public static Census none() {
    Kind nobody = new Kind(0, 0, 0);
    return new Census(nobody, nobody);
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    draws.write(out);
    players.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static Census read(WireReader in) throws MalformedMessage {
    return new Census(Kind.read(in), Kind.read(in));
  }
}
