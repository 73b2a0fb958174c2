package io.elottery.deploy.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Five {@link BareRaftServer}s and who asks them. */
public final class BareRaft implements LedgerSide {
  private static final int SERVERS = 5;

  private final Path directory;
  private final List<Caller> all; // the servers, then who asks them

  private BareRaft(Path directory, List<Caller> all) {
    this.directory = directory;
    this.all = all;
  }

  /**
   * Starts all.
   *
   * @param directory where to make one for their stores
   * @param commandBytes of each command
   */
  public static BareRaft start(Path directory, int commandBytes) throws IOException {
    BareRaft raft =
        new BareRaft(Files.createTempDirectory(directory, "bare-raft"), new ArrayList<>());
    try {
      raft.begin(commandBytes);
      return raft;
    } catch (IOException | RuntimeException failed) {
      raft.close();
      throw failed;
    }
  }

  private void begin(int commandBytes) throws IOException {
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      Path store = directory.resolve("store-" + i);
      all.add(Caller.start(BareRaftServer.class, store.toString(), Integer.toString(i)));
    }
    for (Caller server : servers()) {
      ports.add(server.hear());
    }
    for (Caller server : servers()) {
      server.tell(String.join(" ", ports));
    }
    for (Caller server : servers()) {
      server.hear();
    }
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(commandBytes)));
    arguments.addAll(ports);
    all.add(Caller.start(BareRaftCaller.class, arguments.toArray(String[]::new)));
  }

  private List<Caller> servers() {
    return all.subList(0, SERVERS);
  }

  @Override
  public String name() {
    return "bare Raft";
  }

  @Override
  public Measured run(int underWay, Duration warmUp, Duration measured) throws IOException {
    List<Long> pids = servers().stream().map(Caller::pid).toList();
    return all.get(SERVERS).run(underWay, warmUp, measured, () -> pids);
  }

  @Override
  public void close() throws IOException {
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).end();
    }
    for (Caller each : all) {
      each.close();
    }
    try (Stream<Path> left = Files.walk(directory)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
