package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class SharedThreadTest {
  private final NettyRuntime runtime = new NettyRuntime(1);
  private final EventLoop thread = runtime.nextLoop();
  private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
  private final NodeLoop loop =
      new NodeLoop("test", new SystemTime(), 100_000, (where, problem) -> faults.add(problem));
  private final SharedThread shared = new SharedThread("worker-1", loop, thread);

  @AfterEach
  void end() {
    shared.close();
    runtime.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void tasksOfAnyThreadRunInOrderOnTheConnectionsThread() {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    loop.post(() -> ran.add(0)); // before the start: kept until then
    shared.start();

    for (int i = 1; i <= 5_000; i++) {
      int number = i;
      loop.post(
          () -> {
            assertThat(thread.inEventLoop()).isTrue();
            assertThat(MDC.get("node")).isEqualTo("worker-1");
            ran.add(number);
          });
    }

    await().until(() -> ran.size() == 5_001);
    assertThat(ran).isSorted();
  }

  @Test
  void timersRunInOrderAlsoWhenAnEarlierOneComesLater() {
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    shared.start();
    AtomicInteger repeated = new AtomicInteger();

    loop.execute(
        () -> {
          loop.after(Duration.ofMillis(60), () -> ran.add("third"));
          loop.after(Duration.ofMillis(40), () -> ran.add("second"));
          loop.after(Duration.ofMillis(20), () -> ran.add("first"));
          loop.after(Duration.ofMillis(10), () -> ran.add("never")).cancel();
          loop.every(Duration.ofMillis(5), repeated::incrementAndGet);
        });

    await().until(() -> ran.size() == 3 && repeated.get() > 5);
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void tasksThatBringTasksLetTheConnectionsHaveTheirTurn() {
    shared.start();
    AtomicInteger turns = new AtomicInteger();
    loop.post(() -> again(turns));

    await().atMost(5, TimeUnit.SECONDS).until(() -> turns.get() > 1_000);
    assertThat(thread.submit(() -> "a turn").awaitUninterruptibly(5_000)).isTrue();
  }

  @Test
  void closedLoopTurnsNoMore() {
    shared.start();
    AtomicInteger ran = new AtomicInteger();
    loop.post(ran::incrementAndGet);
    await().until(() -> ran.get() == 1);

    shared.close();
    loop.post(ran::incrementAndGet);

    assertThat(thread.submit(() -> "a turn").awaitUninterruptibly(5_000)).isTrue();
    assertThat(ran.get()).isOne();
  }

  private void again(AtomicInteger turns) {
    turns.incrementAndGet();
    loop.post(() -> again(turns));
  }
}
