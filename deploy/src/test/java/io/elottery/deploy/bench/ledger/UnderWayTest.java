package io.elottery.deploy.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class UnderWayTest {
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private int open;
  private int mostOpen;

  @Test
  void soManyAreUnderWayAndTheRefusedAreCountedApart() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream answers = new PrintStream(said, true, StandardCharsets.UTF_8);
    int[] sent = new int[1];
    UnderWay.serve(
        new BufferedReader(new StringReader("3 1 40\n")),
        answers,
        this::turn,
        all -> {
          long began = System.nanoTime();
          mostOpen = Math.max(mostOpen, ++open);
          boolean refused = ++sent[0] % 10 == 0;
          turns.add(
              () -> {
                open--;
                all.ended(began, refused ? "draw closed\nat length" : null);
              });
        });

    String[] lines = said.toString(StandardCharsets.UTF_8).split(System.lineSeparator());
    assertThat(lines[0]).isEqualTo(UnderWay.MEASURING);
    String[] figures = lines[1].split(" ", 6);
    double count = Double.parseDouble(figures[0]);
    assertThat(Double.parseDouble(figures[1])).isCloseTo(count / 0.040, offset(1.0));
    assertThat(Long.parseLong(figures[4])).isPositive().isLessThan((long) count);
    assertThat(figures[5]).isEqualTo("draw closed");
    assertThat(mostOpen).isEqualTo(3);
    assertThat(open).isZero();
  }

  private void turn(Runnable task) {
    turns.add(task);
    for (Runnable next = turns.poll(); next != null; next = turns.poll()) {
      next.run();
    }
  }
}
