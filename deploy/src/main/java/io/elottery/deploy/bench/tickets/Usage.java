package io.elottery.deploy.bench.tickets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What processes used so far, as Linux counts it: processor time, bytes given to the disk, bytes
 * sent over TCP. Of a process that ended in between, nothing.
 *
 * @param cpuMicros user and system time
 * @param diskBytes {@code write_bytes} of {@code /proc/PID/io}: what left the page cache
 * @param sentBytes over connections that are open now, as {@code ss} tells
 */
public record Usage(long cpuMicros, long diskBytes, long sentBytes) {
  private static final long TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux that matters.
  private static final Pattern PID = Pattern.compile("pid=(\\d+)");
  private static final Pattern SENT = Pattern.compile("bytes_sent:(\\d+)");

  /** Of these processes and of their children. */
  public static Usage of(Supplier<List<Long>> processes) throws IOException {
    long cpu = 0;
    long disk = 0;
    Set<Long> all = new HashSet<>();
    for (long pid : processes.get()) {
      ProcessHandle.of(pid)
          .ifPresent(
              handle -> {
                all.add(pid);
                handle.descendants().forEach(child -> all.add(child.pid()));
              });
    }
    for (long pid : all) {
      Path proc = Path.of("/proc", Long.toString(pid));
      try {
        String stat = Files.readString(proc.resolve("stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // Its own user and system time, and that of children which have ended.
        for (int field = 11; field <= 14; field++) {
          cpu += Long.parseLong(words[field]) * TICK_MICROS;
        }
        for (String line : Files.readAllLines(proc.resolve("io"))) {
          if (line.startsWith("write_bytes: ")) {
            disk += Long.parseLong(line.substring(13));
          }
        }
      } catch (IOException ended) {
        // It is no longer there.
      }
    }
    return new Usage(cpu, disk, sent(all));
  }

  /** What was used since then. */
  public Usage since(Usage before) {
    return new Usage(
        cpuMicros - before.cpuMicros, diskBytes - before.diskBytes, sentBytes - before.sentBytes);
  }

  /** All of both. */
  public Usage plus(Usage other) {
    return new Usage(
        cpuMicros + other.cpuMicros, diskBytes + other.diskBytes, sentBytes + other.sentBytes);
  }

  private static long sent(Set<Long> pids) throws IOException {
    Process ss = new ProcessBuilder("ss", "-tinpHO").redirectErrorStream(true).start();
    long sum = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(ss.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher pid = PID.matcher(line);
        Matcher sent = SENT.matcher(line);
        if (pid.find() && pids.contains(Long.parseLong(pid.group(1))) && sent.find()) {
          sum += Long.parseLong(sent.group(1));
        }
      }
    }
    return sum;
  }
}
