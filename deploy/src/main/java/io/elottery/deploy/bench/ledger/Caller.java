package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.tickets.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A process of its own that speaks by lines and ends with its input. One that sends commands is
 * given runs, {@code UNDER_WAY WARM_UP_MILLIS MEASURED_MILLIS}, and answers each with {@link
 * UnderWay#MEASURING} and its figures.
 */
final class Caller implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader said;
  private final Writer tell;

  private Caller(String name, Process process) {
    this.name = name;
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.tell = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** Starts it, with the heap and collector of a worker. */
  static Caller start(Class<?> program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseTransparentHugePages",
                "-XX:+UseG1GC",
                "-Xms64m",
                "-Xmx512m",
                "-Dlogback.configurationFile=logback-command.xml",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Caller(program.getSimpleName(), process);
  }

  long pid() {
    return process.pid();
  }

  void tell(String line) throws IOException {
    tell.write(line + "\n");
    tell.flush();
  }

  String hear() throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new IOException(name + " has ended; what it said stands above");
    }
    return line;
  }

  Measured run(int underWay, Duration warmUp, Duration measured, Supplier<List<Long>> servers)
      throws IOException {
    tell(underWay + " " + warmUp.toMillis() + " " + measured.toMillis());
    String line = hear();
    if (!line.equals(UnderWay.MEASURING)) {
      throw new IOException(name + ": " + line);
    }
    Usage before = Usage.of(servers);
    String[] figures = hear().split(" ", 6);
    Usage used = Usage.of(servers).since(before);
    if (!figures[5].isEmpty()) {
      System.err.println(name + " was refused: " + figures[5]);
    }
    return new Measured(
        Long.parseLong(figures[0]),
        Double.parseDouble(figures[1]),
        Double.parseDouble(figures[2]),
        Double.parseDouble(figures[3]),
        Long.parseLong(figures[4]),
        used);
  }

  /** Lets it end; {@link #close} waits for that. */
  void end() throws IOException {
    tell.close();
  }

  @Override
  public void close() throws IOException {
    end();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
