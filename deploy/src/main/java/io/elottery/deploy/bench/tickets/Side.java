package io.elottery.deploy.bench.tickets;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * One of the stacks that are compared.
 *
 * @param name for the table
 * @param site where its gateway listens
 * @param players with a draw each that is on sale, who can pay
 * @param gateway the gateway's process
 * @param servers the processes behind it
 */
public record Side(
    String name, URI site, List<Player> players, long gateway, Supplier<List<Long>> servers) {
  /** Copies. */
  public Side {
    players = List.copyOf(players);
  }
}
