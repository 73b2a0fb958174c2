package io.elottery.lottery.register;

import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One sealed wager, for ever; what can change is only that it is given back before its draw closes.
 * Leaf and receipt are written from it anew each time, always with the same bytes.
 */
public final class Ticket {
  private final TicketId id;
  private final PlayerId player;
  private final Draw draw;
  private final int[] numbers; // packed as the draw's rule book says
  private final boolean quickPick;
  private final long position;
  private final long soldAt; // milliseconds since 1970
  private final Octets salt; // 16 bytes
  private boolean cancelled;

  /** A new one. The numbers are packed as the draw's rule book says. */
  public Ticket(TicketId id, PlayerId player, Draw draw, Marks marks, long position, long soldAt) {
    this.id = id;
    this.player = player;
    this.draw = draw;
    this.numbers = marks.numbers();
    this.quickPick = marks.quickPick();
    this.salt = marks.salt();
    this.position = position;
    this.soldAt = soldAt;
  }

  /**
   * What is on it.
   *
   * @param numbers packed as the draw's rule book says; not to be changed
   * @param quickPick whether the machine picked them
   * @param salt 16 bytes
   */
  public record Marks(int[] numbers, boolean quickPick, Octets salt) {}

  /** Its name. */
  public TicketId id() {
    return id;
  }

  /** Whose it is. */
  public PlayerId player() {
    return player;
  }

  /** The draw it is in. */
  public Draw draw() {
    return draw;
  }

  /** What is on it. */
  public Marks marks() {
    return new Marks(numbers, quickPick, salt);
  }

  /** In the shard's ledger; never twice. */
  public long position() {
    return position;
  }

  /** The stamp it was sealed under, milliseconds since 1970. */
  public long soldAt() {
    return soldAt;
  }

  /** Whether it was given back. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Gives it back. */
  public void cancel() {
    cancelled = true;
  }

  /** How many lines. */
  public int lineCount() {
    return numbers.length / draw.book().width();
  }

  /** The lines played. */
  public List<Line> lines() {
    return draw.book().unpack(numbers);
  }

  /** What was paid for all lines. */
  public Money price() {
    return draw.price().times(lineCount());
  }

  /** Whether this wager, asked for with the same key, is the one that was sealed. */
  public boolean isFor(Wager wager) {
    return wager.match(
        new Wager.Cases<>() {
          @Override
          public Boolean marked(Wager.Marked marked) {
            return !quickPick
                && marked.lines().size() == lineCount()
                && marked.lines().stream().allMatch(Ticket.this::fits)
                && Arrays.equals(draw.book().pack(marked.lines()), numbers);
          }

          @Override
          public Boolean quickPick(Wager.QuickPick pick) {
            return quickPick && pick.lines() == lineCount();
          }
        });
  }

  private boolean fits(Line line) {
    return draw.book().rules().problem(line).isEmpty();
  }

  /** The bytes of its leaf. */
  public byte[] leaf() {
    return LeafText.write(this);
  }

  /** The player's proof, not sealed yet. */
  public Receipt receipt() {
    return new Receipt(
        id,
        draw.ref(),
        lines(),
        price(),
        position,
        Instant.ofEpochMilli(soldAt),
        Octets.wrap(leaf()),
        salt,
        Optional.empty());
  }
}
