package io.elottery.foundation.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeLoopTest {
  /** Stands still until moved. */
  private static final class StillTime implements Time {
    private long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }

  private final StillTime time = new StillTime();
  private final List<String> ran = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private final NodeLoop loop =
      new NodeLoop("test", time, 10, (where, problem) -> faults.add(problem));

  private void passes(long millis) {
    time.nanos += Duration.ofMillis(millis).toNanos();
  }

  @Test
  void tasksRunInTheOrderPosted() {
    loop.post(() -> ran.add("a"));
    loop.post(() -> ran.add("b"));

    assertThat(loop.poll()).isEqualTo(2);
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void taskPostedInATurnRunsInTheNext() {
    loop.post(() -> loop.post(() -> ran.add("next")));

    loop.poll();
    assertThat(ran).isEmpty();
    loop.poll();
    assertThat(ran).containsExactly("next");
  }

  @Test
  void fullQueueRefuses() {
    for (int i = 0; i < 10; i++) {
      assertThat(loop.post(() -> {})).isTrue();
    }

    assertThat(loop.post(() -> {})).isFalse();
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    loop.poll();
    assertThat(loop.post(() -> {})).isTrue();
  }

  @Test
  void timersRunWhenDueAndInOrder() {
    loop.after(Duration.ofMillis(20), () -> ran.add("late"));
    loop.after(Duration.ofMillis(10), () -> ran.add("early"));
    loop.after(Duration.ofMillis(10), () -> ran.add("early, second"));

    passes(9);
    assertThat(loop.poll()).isZero();
    assertThat(loop.nanosToNextTimer()).isEqualTo(1_000_000);
    passes(1);
    loop.poll();
    assertThat(ran).containsExactly("early", "early, second");
    passes(10);
    loop.poll();
    assertThat(ran).hasSize(3);
    assertThat(loop.nanosToNextTimer()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void cancelledTimerDoesNotRun() {
    Timer timer = loop.after(Duration.ofMillis(1), () -> ran.add("cancelled"));

    timer.cancel();
    passes(5);

    assertThat(loop.poll()).isZero();
    assertThat(loop.nanosToNextTimer()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void repeatedTimerGoesOnAfterAFault() {
    loop.every(
        Duration.ofMillis(10),
        () -> {
          ran.add("tick");
          throw new IllegalStateException("bug");
        });

    for (int i = 0; i < 3; i++) {
      passes(10);
      loop.poll();
    }

    assertThat(ran).hasSize(3);
    assertThat(faults).hasSize(3);
  }

  @Test
  void repeatedTimerCanEndItself() {
    Timer[] timer = new Timer[1];
    timer[0] =
        loop.every(
            Duration.ofMillis(10),
            () -> {
              ran.add("tick");
              timer[0].cancel();
            });

    passes(10);
    loop.poll();
    passes(100);
    loop.poll();

    assertThat(ran).containsExactly("tick");
  }

  @Test
  void turnEndsRunOnceAfterATurnThatDidSomething() {
    loop.onTurnEnd(() -> ran.add("flush"));

    loop.poll();
    loop.post(() -> ran.add("a"));
    loop.post(() -> ran.add("b"));
    loop.poll();

    assertThat(ran).containsExactly("a", "b", "flush");
  }

  @Test
  void faultDoesNotKeepOthersFromRunning() {
    loop.post(
        () -> {
          throw new AssertionError("bug");
        });
    loop.post(() -> ran.add("after"));

    loop.poll();

    assertThat(faults).hasSize(1);
    assertThat(ran).containsExactly("after");
  }

  @Test
  void threadTurnsTheLoopWhenSomethingIsPosted() throws Exception {
    LoopThread thread = new LoopThread("worker-1", loop);
    thread.start();
    for (int i = 0; i < 100; i++) {
      CountDownLatch turned = new CountDownLatch(1);
      loop.post(turned::countDown);
      assertThat(turned.await(5, TimeUnit.SECONDS)).isTrue();
    }
    thread.close();
  }
}
