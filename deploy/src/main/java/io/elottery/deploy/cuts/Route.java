package io.elottery.deploy.cuts;

import io.elottery.foundation.id.Address;

/**
 * One address others are told, and the server behind it.
 *
 * @param listen where the relay takes connections
 * @param dialler who alone dials here; empty = their source address tells
 * @param server who is behind it
 * @param target where it really listens
 */
public record Route(Address listen, String dialler, String server, Address target) {
  /**
   * Reads {@link #toString}: {@code [dialler]@listen>server@target}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Route parse(String text) {
    int middle = text.indexOf('>');
    int first = text.indexOf('@');
    int second = text.indexOf('@', Math.max(0, middle));
    if (first < 0 || middle < first || second < middle) {
      throw new IllegalArgumentException(
          "route \"" + text + "\": expected dialler@host:port>server@host:port");
    }
    return new Route(
        Address.parse(text.substring(first + 1, middle)),
        text.substring(0, first),
        text.substring(middle + 1, second),
        Address.parse(text.substring(second + 1)));
  }

  @Override
  public String toString() {
    return dialler + "@" + listen + ">" + server + "@" + target;
  }
}
