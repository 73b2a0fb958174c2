package io.elottery.lottery.register;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.rules.Pool;
import java.nio.charset.StandardCharsets;

/**
 * Writes a ticket's leaf without a JSON tree between, since every sale writes one. The same bytes
 * as {@link io.elottery.lottery.bundle.Leaf#toBytes}, which a test holds.
 */
final class LeafText {
  private LeafText() {}

  static byte[] write(Ticket ticket) {
    StringBuilder out = new StringBuilder(320);
    out.append("{\"draw\":\"").append(ticket.draw().ref());
    out.append("\",\"id\":\"").append(ticket.id());
    out.append("\",\"lines\":[");
    lines(out, ticket);
    out.append("],\"owner\":\"").append(owner(ticket).hex());
    out.append("\",\"position\":").append(ticket.position());
    out.append(",\"price\":").append(ticket.price().minorUnits()).append('}');
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static Octets owner(Ticket ticket) {
    return Octets.wrap(
        Sha256.of(
            ticket.marks().salt().toBytes(),
            ticket.player().toString().getBytes(StandardCharsets.US_ASCII)));
  }

  private static void lines(StringBuilder out, Ticket ticket) {
    int[] numbers = ticket.marks().numbers();
    int at = 0;
    while (at < numbers.length) {
      out.append(at == 0 ? "{" : ",{");
      String separator = "\"";
      for (Pool pool : ticket.draw().book().pools()) {
        out.append(separator).append(pool.name()).append("\":[");
        for (int i = 0; i < pool.play(); i++) {
          out.append(i == 0 ? "" : ",").append(numbers[at++]);
        }
        out.append(']');
        separator = ",\"";
      }
      out.append('}');
    }
  }
}
