package io.elottery.reports.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.reports.priority.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeQueueTest {
  private final IntakeQueue<Long> queue = new IntakeQueue<>(3, 1_000);

  @Test
  void criticalOvertakesEverythingAndEqualsKeepTheirOrder() {
    offer(1, Priority.ROUTINE);
    offer(2, Priority.CRITICAL);
    offer(3, Priority.CRITICAL);

    assertThat(List.of(next(), next(), next())).containsExactly(2L, 3L, 1L);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void aFullQueueDropsRoutineFirstAndCounts() {
    offer(1, Priority.ROUTINE);
    offer(2, Priority.NOTICE);
    offer(3, Priority.ROUTINE);

    assertThat(offer(4, Priority.CRITICAL)).containsExactly(1L);

    assertThat(queue.dropped(Priority.ROUTINE)).isEqualTo(1);
    assertThat(List.of(next(), next(), next())).containsExactly(4L, 2L, 3L);
  }

  @Test
  void oneAsUrgentAsAllOthersIsRefusedSoThatItsSenderKeepsIt() {
    for (int i = 1; i <= 3; i++) {
      offer(i, Priority.CRITICAL);
    }

    assertThat(offer(4, Priority.CRITICAL)).containsExactly(4L);
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.dropped(Priority.CRITICAL)).isEqualTo(1);
  }

  @Test
  void itIsBoundedByBytesToo() {
    queue.offer(Priority.ROUTINE, 600, 1L);
    queue.offer(Priority.NOTICE, 300, 2L);

    assertThat(queue.offer(Priority.WARNING, 500, 3L)).containsExactly(1L);
    assertThat(queue.offer(Priority.ROUTINE, 500, 4L)).containsExactly(4L);
    assertThat(List.of(next(), next())).containsExactly(3L, 2L);
  }

  @Test
  void onlyWhatIsUrgentEnoughIsTaken() {
    offer(1, Priority.ROUTINE);

    assertThat(queue.poll(Priority.CRITICAL)).isEmpty();
    assertThat(queue.size()).isEqualTo(1);
  }

  private long next() {
    return queue.poll().orElseThrow();
  }

  private List<Long> offer(long number, Priority priority) {
    return queue.offer(priority, 10, number);
  }
}
