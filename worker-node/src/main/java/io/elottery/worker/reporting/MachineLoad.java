package io.elottery.worker.reporting;

import com.sun.management.OperatingSystemMXBean;
import io.elottery.worker.disk.Disk;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures this process and its disk, on the disk's thread. Any thread may read the last values.
 */
public final class MachineLoad {
  /**
   * One measurement.
   *
   * @param processor 0 … 1 of all processors; negative when not known
   * @param heapUsedBytes heap in use
   * @param heapMaxBytes heap allowed
   * @param diskFreeBytes free where this server keeps its files; 0 when not known
   */
  public record Sample(
      double processor, long heapUsedBytes, long heapMaxBytes, long diskFreeBytes) {}

  private static final Logger log = LoggerFactory.getLogger(MachineLoad.class);
  private static final int PERMILLE = 1000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();
  private final Path directory;
  private final Disk disk;
  // Written by the disk's thread, read by the supervision loop.
  private volatile Sample last = new Sample(-1, 0, 0, 0);
  private long measuredMillis; // since the process began; 0 before the first time
  private long spentNanos; // of processors, by then

  /** Of the disk that holds the directory. */
  public MachineLoad(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  /** Measures anew, soon. */
  public void measure() {
    disk.run(
            () -> {
              last = sample();
              return last;
            })
        .whenComplete(
            (sample, problem) -> {
              if (problem != null) {
                log.debug("load not measured: {}", problem.toString());
              }
            });
  }

  /** The last measurement. */
  public Sample last() {
    return last;
  }

  /** The processor's part of it, 0 … 1000. */
  public int permille() {
    return (int) (Math.max(0, Math.min(1, last.processor())) * PERMILLE);
  }

  private Sample sample() {
    Runtime runtime = Runtime.getRuntime();
    return new Sample(
        processor(runtime.availableProcessors()),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        // Asks the system about this one; Files.getFileStore would read the list of all mounts.
        directory.toFile().getUsableSpace());
  }

  // One number from the system. Its own getProcessCpuLoad reads a dozen files.
  private double processor(int processors) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
      return -1;
    }
    long now = process.getUptime();
    long spent = system.getProcessCpuTime();
    double share = (spent - spentNanos) / (NANOS_PER_MILLI * processors * (now - measuredMillis));
    boolean known = measuredMillis > 0 && now > measuredMillis && spent >= 0;
    measuredMillis = now;
    spentNanos = spent;
    return known ? Math.max(0, Math.min(1, share)) : -1;
  }
}
