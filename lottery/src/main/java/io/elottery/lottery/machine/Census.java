package io.elottery.lottery.machine;

import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.register.Draw;

/**
 * How many actors a shard holds in memory and about what they take: estimates by the sizes of their
 * parts on a 64-bit JVM with compressed references, not measurements.
 *
 * @param draws with their tickets
 * @param players customers and operators, with their wagers in other branches
 */
public record Census(Kind draws, Kind players) {
  private static final long DRAW = 2_500; // record, parties' steps, index entries
  private static final long PLAYER = 600; // with one session and index entries
  private static final long TICKET = 260; // object, salt, id, entries in index and lists
  private static final long FOREIGN = 900; // with its receipt
  private static final long NUMBER = 4;

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

  static Census of(ShardState state) {
    long draws = 0;
    long tickets = 0;
    long drawBytes = 0;
    long players = 0;
    long abroad = 0;
    for (Branch branch : state.branches().values()) {
      for (Draw draw : branch.draws().values()) {
        draws++;
        tickets += draw.sold();
        drawBytes += bytes(draw);
      }
      for (PlayerId.Kind kind : PlayerId.Kind.values()) {
        players += branch.people(kind).size();
      }
      abroad += branch.abroad().size();
    }
    return new Census(
        new Kind(draws, tickets, drawBytes),
        new Kind(players, abroad, players * PLAYER + abroad * FOREIGN));
  }

  private static long bytes(Draw draw) {
    long price = Math.max(1, draw.book().rules().price());
    long numbers = draw.stakes() / price * draw.book().width();
    return DRAW + draw.sold() * TICKET + numbers * NUMBER;
  }
}
