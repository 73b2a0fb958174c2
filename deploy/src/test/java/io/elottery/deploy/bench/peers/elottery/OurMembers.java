package io.elottery.deploy.bench.peers.elottery;

import io.elottery.deploy.bench.peers.Members;
import io.elottery.deploy.bench.wire.Certified;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our workers, each with the two before and the two behind it for neighbours; every link under its
 * pair's key, every trunk under certificates.
 */
public final class OurMembers implements Members {
  private static final Logger log = LoggerFactory.getLogger(OurMembers.class);
  private static final int[] NEIGHBOURS = {-2, -1, 1, 2};
  private static final int SECRET_LENGTH = 32;

  private final boolean withMain;
  private final List<CostWorker> workers = new ArrayList<>();
  private Optional<CostMain> main = Optional.empty();

  /**
   * @param withMain whether they also report to a main and are probed by it; main's own work is
   *     then in the figures
   */
  public OurMembers(boolean withMain) {
    this.withMain = withMain;
  }

  static void fault(String where, Throwable problem) {
    log.error("{}: {}", where, problem.toString(), problem);
  }

  @Override
  public String how() {
    return withMain
        ? "e-lottery, 4 neighbours, reports and probes, all encrypted"
        : "e-lottery, 4 neighbours alone, all encrypted";
  }

  @Override
  public void start(int count, Duration interval) throws IOException {
    SecureRandomSource random = new SecureRandomSource();
    Time time = new SystemTime();
    Certified certified = new Certified(random, time);
    OneKey key = new OneKey(random.bytes(SECRET_LENGTH));
    Path directory = Files.createTempDirectory("cost");
    directory.toFile().deleteOnExit();
    if (withMain) {
      CostMain leader = new CostMain(certified, time, interval);
      leader.start();
      main = Optional.of(leader);
    }
    TreeMap<NodeId, Address> addresses = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      List<NodeId> neighbours = new ArrayList<>();
      for (int step : NEIGHBOURS) {
        neighbours.add(id((i + step + count) % count));
      }
      CostWorker worker =
          new CostWorker(id(i), neighbours, time, interval, key, certified, directory);
      worker.start();
      addresses.put(worker.id, worker.address());
      workers.add(worker);
    }
    workers.forEach(worker -> worker.begin(addresses, main.map(CostMain::address)));
  }

  private static NodeId id(int index) {
    return NodeId.of("worker-" + (index + 1));
  }

  @Override
  public boolean complete() {
    workers.forEach(CostWorker::look);
    boolean reported = main.map(leader -> leader.reports.get() >= workers.size()).orElse(true);
    return reported && workers.stream().allMatch(worker -> worker.complete(withMain));
  }

  @Override
  public void close() {
    workers.forEach(CostWorker::close);
    main.ifPresent(CostMain::close);
  }
}
