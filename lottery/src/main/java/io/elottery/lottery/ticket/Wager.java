package io.elottery.lottery.ticket;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.rules.Line;
import java.util.List;

/** What a player asks for: numbers of their own, or a number of lines picked for them. */
public sealed interface Wager {
  /** The most lines one ticket can have. */
  int LINES_MAX = 20;

  /** What to do for each kind. */
  interface Cases<R> {
    /** Own numbers. */
    R marked(Marked wager);

    /** Numbers picked by the machine. */
    R quickPick(QuickPick wager);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  /**
   * Own numbers.
   *
   * @param lines at most 64 are carried; the machine allows 1 … {@value #LINES_MAX}
   */
  record Marked(List<Line> lines) implements Wager {
    /** Copies. */
    public Marked {
      lines = List.copyOf(lines);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.marked(this);
    }
  }

  /**
   * Lines picked without bias from the batch's randomness, so every replica picks the same.
   *
   * @param lines the machine allows 1 … {@value #LINES_MAX}
   */
  record QuickPick(int lines) implements Wager {
    /** Checks that the number can be carried. */
    public QuickPick {
      if (lines < 0) {
        throw new IllegalArgumentException("quick pick of " + lines + " lines: expected 1 or more");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.quickPick(this);
    }
  }

  /** Writes 0 and the lines, or 1 and their number. */
  default void write(WireWriter out) {
    match(
        new Cases<WireWriter>() {
          @Override
          public WireWriter marked(Marked wager) {
            out.u8(0);
            Fields.list(out, wager.lines(), Lines::write);
            return out;
          }

          @Override
          public WireWriter quickPick(QuickPick wager) {
            return out.u8(1).varint(wager.lines());
          }
        });
  }

  /** Reads what {@link #write} wrote. */
  static Wager read(WireReader in) throws MalformedMessage {
    return in.bool()
        ? new QuickPick(in.count(Integer.MAX_VALUE))
        : new Marked(Fields.list(in, 64, Lines::read));
  }
}
