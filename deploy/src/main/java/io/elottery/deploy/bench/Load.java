package io.elottery.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** The same request again and again over several connections, each waiting for its answer. */
final class Load {
  private Load() {}

  /** What one connection does. */
  interface Asker extends AutoCloseable {
    /** Asks once; false when the answer was not the one hoped for. */
    boolean ask() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Opens connection number {@code i}. */
  interface Opener {
    /** On its own thread, before the clock starts. */
    Asker open(int i) throws IOException;
  }

  /**
   * What came out.
   *
   * @param perSecond good answers
   * @param p50 time of half of the good answers at most
   * @param p99 time of 99 of 100
   * @param refused answers that were not hoped for, and lost connections
   */
  record Result(double perSecond, Duration p50, Duration p99, long good, long refused) {}

  /** Warms up, then measures. */
  static Result run(int connections, Duration warmUp, Duration measured, Opener opener)
      throws InterruptedException, IOException {
    Queue<long[]> times = new ConcurrentLinkedQueue<>();
    Queue<Exception> failed = new ConcurrentLinkedQueue<>();
    CountDownLatch ready = new CountDownLatch(connections);
    CountDownLatch go = new CountDownLatch(1);
    LongAdder refused = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try (Asker asker = opener.open(number)) {
                  ready.countDown();
                  go.await();
                  long begin = System.nanoTime() + warmUp.toNanos();
                  times.add(ask(asker, begin, begin + measured.toNanos(), refused));
                } catch (IOException | InterruptedException problem) {
                  failed.add(problem);
                  ready.countDown();
                }
              },
              "load-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    ready.await();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    if (times.isEmpty()) {
      throw new IOException("no connection worked: " + failed.peek());
    }
    long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(
        all.length / (measured.toMillis() / 1000.0),
        at(all, 0.50),
        at(all, 0.99),
        all.length,
        refused.sum() + failed.size());
  }

  private static long[] ask(Asker asker, long begin, long end, LongAdder refused)
      throws IOException {
    long[] times = new long[1024];
    int count = 0;
    for (long start = System.nanoTime(); start < end; ) {
      boolean good = asker.ask();
      long now = System.nanoTime();
      if (!good) {
        refused.increment();
      } else if (start >= begin && now <= end) {
        if (count == times.length) {
          times = Arrays.copyOf(times, count * 2);
        }
        times[count++] = now - start;
      }
      start = now;
    }
    return Arrays.copyOf(times, count);
  }

  private static Duration at(long[] sorted, double share) {
    return sorted.length == 0
        ? Duration.ZERO
        : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1, sorted.length * share)]);
  }
}
