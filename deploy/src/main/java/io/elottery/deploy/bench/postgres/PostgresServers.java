package io.elottery.deploy.bench.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A PostgreSQL primary with four streaming standbys on this machine, {@code
 * synchronous_standby_names = 'ANY 2 (s1, s2, s3, s4)'}: like a shard, a commit waits until three
 * of five have flushed it. Otherwise with its own defaults, room for the log apart. PostgreSQL
 * refuses to run as root: then all is done as the user {@code postgres}.
 */
public final class PostgresServers implements AutoCloseable {
  /** Standbys. */
  public static final int STANDBYS = 4;

  private static final String NAME = "postgres";
  private static final int WAIT_SECONDS = 60;

  private final Path bin;
  private final Path directory;
  private final List<Path> data = new ArrayList<>();
  private final int port;

  private PostgresServers(Path bin, Path directory, int port) {
    this.bin = bin;
    this.directory = directory;
    this.port = port;
  }

  /**
   * Makes and starts them.
   *
   * @param bin where {@code initdb} and {@code pg_ctl} are
   */
  public static PostgresServers start(Path bin, int connections) throws IOException {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "elottery-bench-pg");
    PostgresServers servers = new PostgresServers(bin, directory, freePort());
    try {
      if (isRoot()) {
        run(List.of("chown", NAME + ":", directory.toString()));
      }
      servers.begin(connections);
      return servers;
    } catch (IOException | RuntimeException failed) {
      servers.close();
      throw failed;
    }
  }

  /** Where Debian puts the programs of version 15, or any newer. */
  public static Path installed() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(path -> Files.isExecutable(path.resolve("initdb")))
          .min(Comparator.comparing(Path::toString))
          .orElseThrow(() -> new IOException("no PostgreSQL in /usr/lib/postgresql"));
    }
  }

  private void begin(int connections) throws IOException {
    Path primary = directory.resolve("primary");
    as("initdb", "-D", primary.toString(), "-U", NAME, "-A", "trust", "--encoding=UTF8");
    String settings =
        """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = %d
        max_wal_senders = 10
        max_wal_size = 4GB
        fsync = on
        synchronous_commit = on
        """
            .formatted(port, connections + 20);
    append(primary.resolve("postgresql.conf"), settings);
    up(primary);
    for (int i = 1; i <= STANDBYS; i++) {
      Path standby = directory.resolve("s" + i);
      String primaryInfo =
          "host=127.0.0.1 port=%d user=%s application_name=s%d".formatted(port, NAME, i);
      as("pg_basebackup", "-D", standby.toString(), "-R", "-X", "stream", "-d", primaryInfo);
      append(
          standby.resolve("postgresql.conf"),
          "port = %d\nprimary_conninfo = '%s'\n".formatted(freePort(), primaryInfo));
      up(standby);
    }
    append(
        primary.resolve("postgresql.conf"),
        "synchronous_standby_names = 'ANY 2 ("
            + String.join(", ", IntStream.rangeClosed(1, STANDBYS).mapToObj(i -> "s" + i).toList())
            + ")'\n");
    as("pg_ctl", "reload", "-D", primary.toString());
  }

  /** Runs statements on the primary. */
  public void sql(String text) throws IOException {
    Path file = Files.createTempFile(directory, "bench", ".sql");
    Files.writeString(file, text);
    if (isRoot()) {
      run(List.of("chown", NAME + ":", file.toString()));
    }
    as(psql("-q", "-v", "ON_ERROR_STOP=1", "-f", file.toString()));
  }

  /** What {@code pgbench} says of a script on this database. */
  public String pgbench(String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("pgbench", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", NAME));
    words.addAll(List.of(arguments));
    words.add(NAME);
    return as(words.toArray(String[]::new));
  }

  private String[] psql(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of("psql", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", NAME));
    words.addAll(List.of(arguments));
    words.add(NAME);
    return words.toArray(String[]::new);
  }

  /** The primary's port on 127.0.0.1; database and user are {@code postgres}, no password. */
  public int port() {
    return port;
  }

  /** Their directory. */
  public Path directory() {
    return directory;
  }

  /** The first process of each server. */
  public List<Long> processes() {
    List<Long> pids = new ArrayList<>();
    for (Path server : data) {
      try {
        String first = Files.readAllLines(server.resolve("postmaster.pid")).get(0);
        pids.add(Long.parseLong(first.strip()));
      } catch (IOException gone) {
        throw new UncheckedIOException(server + " does not run", gone);
      }
    }
    return pids;
  }

  private void up(Path server) throws IOException {
    data.add(server);
    String log = server.resolve("log.txt").toString();
    as("pg_ctl", "start", "-w", "-t", "" + WAIT_SECONDS, "-l", log, "-D", server.toString());
  }

  private void append(Path file, String text) throws IOException {
    // Root may write it; its owner stays.
    Files.writeString(file, text, java.nio.file.StandardOpenOption.APPEND);
  }

  private String as(String... command) throws IOException {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      Collections.addAll(words, "setpriv", "--reuid=" + NAME, "--regid=" + NAME, "--clear-groups");
    }
    words.add(bin.resolve(command[0]).toString());
    Collections.addAll(words, command);
    words.remove(words.size() - command.length);
    return run(words);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String run(List<String> command) throws IOException {
    Path said = Files.createTempFile("elottery-bench", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException(command + ": " + Files.readString(said, StandardCharsets.UTF_8));
      }
      return Files.readString(said, StandardCharsets.UTF_8);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      Files.deleteIfExists(said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends them and deletes what they wrote. */
  @Override
  public void close() throws IOException {
    for (int i = data.size() - 1; i >= 0; i--) {
      try {
        as("pg_ctl", "stop", "-m", "immediate", "-D", data.get(i).toString());
      } catch (IOException notRunning) {
        // It is deleted in any case.
      }
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
