package io.elottery.deploy.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a process and its loopback device have spent so far.
 *
 * @param processorNanos of all threads
 * @param bytes on the device, headers and acknowledgements included
 * @param packets on it
 */
record Cost(long nanos, long processorNanos, long bytes, long packets) {
  private static final Path DEVICES = Path.of("/proc/self/net/dev");
  private static final int BYTES = 0;
  private static final int PACKETS = 1;

  static Cost now() throws IOException {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    String loopback =
        Files.readAllLines(DEVICES).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("lo:"))
            .findFirst()
            .orElseThrow(() -> new IOException("no loopback device in " + DEVICES));
    String[] columns = loopback.substring("lo:".length()).strip().split("\\s+", -1);
    return new Cost(
        System.nanoTime(),
        process.getProcessCpuTime(),
        Long.parseLong(columns[BYTES]),
        Long.parseLong(columns[PACKETS]));
  }

  /** What was spent since then, by each member in a second, and what it holds now. */
  String since(Cost before, int members) throws InterruptedException {
    double share = members * (nanos - before.nanos) / 1e9;
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return String.format(
        Locale.ROOT,
        "%.4f %.1f %.2f %d %d",
        (processorNanos - before.processorNanos) / 1e6 / share,
        (bytes - before.bytes) / share,
        (packets - before.packets) / share,
        threads,
        heap());
  }

  // Twice, with a pause: what the first collection hands to cleaners goes with the second.
  private static long heap() throws InterruptedException {
    System.gc();
    TimeUnit.MILLISECONDS.sleep(500);
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
