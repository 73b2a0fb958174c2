package io.elottery.heartbeat.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the {@code openssl} command, ended with the test. */
final class Openssl implements AutoCloseable {
  private static final long EXIT_WAIT_SECONDS = 10;

  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Thread reader;

  private Openssl(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = new Thread(this::read, "openssl");
    reader.setDaemon(true);
    reader.start();
  }

  /** The version of the command on this machine, or what is wrong with it. */
  static String version() throws InterruptedException {
    try (Openssl version = run("version")) {
      version.awaitExit();
      return version.output();
    } catch (IOException none) {
      return "no openssl: " + none.getMessage();
    }
  }

  static Openssl run(String... arguments) throws IOException {
    return new Openssl(List.of(arguments));
  }

  /** Dials a link's port with that key. */
  static Openssl client(int port, String identity, byte[] key, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port, "-ign_eof"));
    arguments.addAll(List.of("-nocommands", "-psk", hex(key), "-psk_identity", identity));
    arguments.addAll(List.of(more));
    return new Openssl(arguments);
  }

  /** Listens on a free port with that key. */
  static Openssl server(String identity, byte[] key, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0"));
    arguments.addAll(List.of("-psk", hex(key), "-psk_identity", identity));
    arguments.addAll(List.of(more));
    return new Openssl(arguments);
  }

  /** A certificate and its key in one file, made for the occasion. */
  static Path certificate(Path directory) throws IOException, InterruptedException {
    Path file = directory.resolve("impostor.pem");
    try (Openssl made =
        run(
            ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=worker-2"
                    + (" -keyout " + file + " -out " + file + ".cert"))
                .split(" "))) {
      made.awaitExit();
    }
    return file;
  }

  private static String hex(byte[] key) {
    return HexFormat.of().formatHex(key);
  }

  private void read() {
    byte[] buffer = new byte[4096];
    try (InputStream in = process.getInputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        output.write(buffer, 0, read);
      }
    } catch (IOException ended) {
      // Killed with the test.
    }
  }

  /** All it has printed so far, every byte one character. */
  String output() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  /** Says that over the connection. */
  void say(byte[] bytes) throws IOException {
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  /** The port an {@code s_server} listens on; 0 while it has none. */
  int port() {
    String prefix = "ACCEPT 127.0.0.1:";
    String printed = output();
    int at = printed.indexOf(prefix);
    int end = printed.indexOf('\n', Math.max(0, at));
    return at < 0 || end < 0
        ? 0
        : Integer.parseInt(printed.substring(at + prefix.length(), end).trim());
  }

  /** Waits until it has ended by itself and all it printed is read. */
  void awaitExit() throws InterruptedException {
    if (!process.waitFor(EXIT_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("openssl still runs: " + output());
    }
    reader.join();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
