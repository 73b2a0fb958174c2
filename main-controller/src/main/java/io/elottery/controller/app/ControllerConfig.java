package io.elottery.controller.app;

import io.elottery.controller.hemisphere.Preference;
import io.elottery.controller.placement.PlacementConfig;
import io.elottery.controller.schedule.ScheduleLine;
import io.elottery.controller.schedule.quartz.QuartzSchedule;
import io.elottery.controller.supervision.SupervisionConfig;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.reports.roster.RosterMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a main is configured with; {@code deploy/config/main.yaml} shows every key. Trunks and
 * registry read their own keys.
 *
 * @param node {@code node.name}: as in its certificate
 * @param dir {@code node.dir}: keys and the last roster; owner-only
 * @param mains {@code mains}: every main as {@code id@host:port}, this one too
 * @param prefer {@code prefer} (both): the half it is meant for, or a substitute for either
 * @param networkFile {@code network.file}: halves and neighbours of the workers
 * @param passphraseFile {@code vault.passphrase-file}: owner-only
 * @param bootstrapFile {@code vault.bootstrap-file}: as {@code elottery init} wrote it
 * @param admin {@code admin.listen}: loopback; absent = none
 * @param schedule {@code draws.schedule}: lines like {@code powerball TOR every 5min open 4min}
 * @param seedGames {@code seed.games}: folder of games as YAML that are defined at first start
 * @param seedResults {@code seed.results}: past results as {@code game=file}, imported once
 */
public record ControllerConfig(
    NodeId node,
    Path dir,
    List<RosterMain> mains,
    Preference prefer,
    Path networkFile,
    Path passphraseFile,
    Path bootstrapFile,
    Optional<Address> admin,
    SupervisionConfig supervision,
    PlacementConfig placement,
    MailroomConfig mailroom,
    List<ScheduleLine> schedule,
    Optional<Path> seedGames,
    List<String> seedResults) {

  /** Copies. */
  public ControllerConfig {
    mains = List.copyOf(mains);
    schedule = List.copyOf(schedule);
    seedResults = List.copyOf(seedResults);
  }

  /** Reads every key; the source remembers what is wrong. */
  public static ControllerConfig from(ConfigSource source) {
    Path dir = source.requiredPath("node.dir");
    NodeId node = source.nodeId("node.name");
    return new ControllerConfig(
        node,
        dir,
        mains(source, node),
        source.choice("prefer", Preference.class, Preference.BOTH),
        source.requiredPath("network.file"),
        source.secretFile("vault.passphrase-file", dir.resolve("passphrase")),
        source.path("vault.bootstrap-file", dir.resolve("bootstrap.sealed")),
        source.address("admin.listen"),
        SupervisionConfig.from(source),
        PlacementConfig.from(source),
        MailroomConfig.from(source),
        schedule(source),
        source.path("seed.games"),
        seedResults(source));
  }

  /** The other mains. */
  public List<RosterMain> others() {
    return mains.stream().filter(main -> !main.id().equals(node)).toList();
  }

  private static List<RosterMain> mains(ConfigSource source, NodeId self) {
    List<RosterMain> mains = new ArrayList<>();
    for (String text : source.list("mains", List.of())) {
      int at = text.indexOf('@');
      try {
        mains.add(
            new RosterMain(
                NodeId.of(text.substring(0, Math.max(0, at))),
                Address.parse(text.substring(at + 1))));
      } catch (IllegalArgumentException wrong) {
        source.refuse("mains", "\"" + text + "\": expected id@host:port");
      }
    }
    if (mains.stream().noneMatch(main -> main.id().equals(self))) {
      source.refuse("mains", "expected every main as id@host:port, this one (" + self + ") too");
    }
    return mains;
  }

  private static List<ScheduleLine> schedule(ConfigSource source) {
    List<ScheduleLine> lines = new ArrayList<>();
    for (String text : source.list("draws.schedule", List.of())) {
      try {
        ScheduleLine line = ScheduleLine.parse(text);
        QuartzSchedule.check(line);
        lines.add(line);
      } catch (IllegalArgumentException wrong) {
        source.refuse("draws.schedule", String.valueOf(wrong.getMessage()));
      }
    }
    return lines;
  }

  private static List<String> seedResults(ConfigSource source) {
    List<String> results = source.list("seed.results", List.of());
    for (String result : results) {
      if (result.indexOf('=') < 1) {
        source.refuse("seed.results", "\"" + result + "\": expected game=file");
      }
    }
    return results;
  }
}
