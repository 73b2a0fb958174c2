package io.elottery.lottery.ticket;

import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.rules.Line;
import java.util.List;

/**
 * The bytes of a sale in the digest of its shard's state, which the shard's copies sign now and
 * then. All of them stand in the receipt too, so its holder can tell whether it was counted.
 */
public final class SaleText {
  private static final int FORMAT = 1;

  private SaleText() {}

  /**
   * Of a ticket as it is sold.
   *
   * @param soldAt milliseconds since 1970
   * @param salt 16 bytes
   * @param numbers line by line, pools by ascending name
   */
  public static byte[] of(
      TicketId ticket, DrawRef draw, long position, long soldAt, Octets salt, int[] numbers) {
    WireWriter out = new WireWriter(96).u8(FORMAT);
    Fields.ticket(out, ticket);
    out.text(draw.toString()).varint(position).i64(soldAt).raw(salt.toBytes());
    out.varint(numbers.length);
    for (int number : numbers) {
      out.i32(number);
    }
    return out.toBytes();
  }

  /** Of the ticket that a receipt is for. */
  public static byte[] of(Receipt receipt) {
    return of(
        receipt.ticket(),
        receipt.draw(),
        receipt.position(),
        receipt.soldAt().toEpochMilli(),
        receipt.salt(),
        numbers(receipt.lines()));
  }

  /** The numbers on lines, as they stand in it. */
  public static int[] numbers(List<Line> lines) {
    return lines.stream()
        .flatMap(line -> line.picks().values().stream())
        .flatMapToInt(picks -> picks.stream().mapToInt(Integer::intValue))
        .toArray();
  }
}
