package io.elottery.lottery.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.rules.Games;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchChanceTest {
  private final Rules rules = Games.powerball().rules();
  private final RuleBook book = book(rules);

  private static RuleBook book(Rules rules) {
    try {
      return RuleBook.read(CanonicalJson.text(rules.toJson()));
    } catch (JsonRefused ours) {
      throw new AssertionError(ours);
    }
  }

  @Test
  void quickPickIsAllowedAndTheSameEachTime() {
    TicketId ticket = new TicketId(1, 2);
    int[] first = new BatchChance(new byte[32], ticket).quickPick(book, 20);

    assertThat(new BatchChance(new byte[32], ticket).quickPick(book, 20)).isEqualTo(first);
    List<Line> lines = book.unpack(first);
    assertThat(lines).hasSize(20).allMatch(line -> rules.problem(line).isEmpty());
    assertThat(lines).doesNotHaveDuplicates();
    assertThat(book.pack(lines)).isEqualTo(first);
  }

  @Test
  void ticketsOfOneBatchShareNothing() {
    byte[] batch = new byte[32];
    BatchChance one = new BatchChance(batch, new TicketId(1, 2));
    BatchChance two = new BatchChance(batch, new TicketId(1, 3));

    assertThat(one.salt()).isNotEqualTo(two.salt());
    assertThat(one.quickPick(book, 1)).isNotEqualTo(two.quickPick(book, 1));
  }

  @Test
  void everyNumberIsPickedEquallyOften() {
    int tickets = 6_900;
    int[] main = new int[70];
    int[] bonus = new int[27];
    for (int i = 0; i < tickets; i++) {
      Line line =
          book.unpack(new BatchChance(new byte[32], new TicketId(i, 9)).quickPick(book, 1)).get(0);
      line.of("main").forEach(number -> main[number]++);
      line.of("bonus").forEach(number -> bonus[number]++);
    }

    // Chi-square: 68 and 25 degrees of freedom, the limits are passed once in 10,000 runs.
    assertThat(chiSquare(main, 69, tickets * 5 / 69.0)).isLessThan(117);
    assertThat(chiSquare(bonus, 26, tickets / 26.0)).isLessThan(60);
  }

  private static double chiSquare(int[] counts, int of, double expected) {
    double sum = 0;
    for (int number = 1; number <= of; number++) {
      sum += (counts[number] - expected) * (counts[number] - expected) / expected;
    }
    return sum;
  }
}
