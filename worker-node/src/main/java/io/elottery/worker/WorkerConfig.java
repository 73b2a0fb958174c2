package io.elottery.worker;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.worker.proving.ProvingConfig;
import io.elottery.worker.scrubbing.Nightly;
import io.elottery.worker.sharing.SharingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a worker is configured with; {@code deploy/config/worker.yaml} shows every key.
 *
 * @param node {@code node.name}: as in its certificate
 * @param dir {@code node.dir}: keys, the last roster, the ledger; owner-only
 * @param mains {@code mains}: each {@code id@host:port}
 * @param enrolToken {@code enrol.token-file}: shown once, while there is no certificate
 * @param admin {@code admin.listen}: loopback; absent = none
 * @param trunk {@code trunk.*}; {@code trunk.listen} must be given
 * @param link {@code link.*}; {@code link.listen} must be given
 * @param heartbeat {@code heartbeat.interval}
 * @param reports {@code reports.interval} (5 s): too low keeps mains busy with what does not
 *     change, too high lets the network's picture grow old; bad news is sent at once
 * @param diskReserve {@code ledger.disk.reserve} (512 MiB): with less left on the ledger's disk new
 *     wagers are refused, everything else goes on; too low and a burst can fill the disk, which
 *     stops the process
 * @param scrub {@code ledger.scrub} (03:00 UTC, or {@code off}): when everything at rest is read
 *     back, spread over an hour
 */
public record WorkerConfig(
    NodeId node,
    Path dir,
    List<MainAddress> mains,
    Optional<Path> enrolToken,
    Optional<Address> admin,
    TrunkConfig trunk,
    LinkConfig link,
    DetectorConfig heartbeat,
    Duration reports,
    long diskReserve,
    Nightly scrub,
    ProvingConfig proving,
    SharingConfig sharing) {
  private static final Duration REPORTS = Duration.ofSeconds(5);
  private static final long DISK_RESERVE = 512L << 20;
  private static final Duration REPORTS_MIN = Duration.ofMillis(10);

  /** Copies the list. */
  public WorkerConfig {
    mains = List.copyOf(mains);
  }

  /** Reads every key; the source remembers what is wrong. */
  public static WorkerConfig from(ConfigSource source) {
    source.requiredAddress("trunk.listen");
    return new WorkerConfig(
        source.nodeId("node.name"),
        source.requiredPath("node.dir"),
        mains(source),
        enrolToken(source),
        source.address("admin.listen"),
        TrunkConfig.from(source).withoutJoining(),
        LinkConfig.from(source),
        DetectorConfig.from(source),
        reports(source),
        source.size("ledger.disk.reserve", DISK_RESERVE),
        Nightly.from(source),
        ProvingConfig.from(source),
        SharingConfig.from(source));
  }

  private static List<MainAddress> mains(ConfigSource source) {
    List<MainAddress> mains = new ArrayList<>();
    for (String text : source.list("mains", List.of())) {
      try {
        mains.add(MainAddress.parse(text));
      } catch (IllegalArgumentException wrong) {
        source.refuse("mains", String.valueOf(wrong.getMessage()));
      }
    }
    if (mains.isEmpty()) {
      source.refuse("mains", "expected at least one main as id@host:port");
    }
    return mains;
  }

  private static Optional<Path> enrolToken(ConfigSource source) {
    boolean given = source.has("enrol.token-file");
    Path file = source.secretFile("enrol.token-file", Path.of("none"));
    return given ? Optional.of(file) : Optional.empty();
  }

  private static Duration reports(ConfigSource source) {
    Duration given = source.duration("reports.interval", REPORTS);
    if (given.compareTo(REPORTS_MIN) >= 0) {
      return given;
    }
    source.refuse("reports.interval", "expected 10ms or more");
    return REPORTS;
  }
}
