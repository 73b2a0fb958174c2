package io.elottery.controller.draws;

import io.elottery.controller.schedule.ScheduleLine;
import io.elottery.controller.schedule.quartz.QuartzSchedule;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.party.VoidWitness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What main does with draws.
 *
 * @param schedule {@code draws.schedule}: lines like {@code powerball TOR every 5min open 4min}
 * @param capacity {@code draws.capacity} (100,000): most tickets of a scheduled draw
 * @param build {@code draws.build}: hash of the shipped jars in hex, as {@code elottery version}
 *     prints it; zeros when not given
 * @param branches {@code players.branches} (TOR,MTL,OTW): where draws are held
 * @param partyInterval {@code party.interval} (500 ms): between two rounds of LEFT and RIGHT as
 *     parties; a draw takes up to five rounds
 * @param stall {@code draws.stall} (7 d): how long a party must have withheld its step before LEFT
 *     and RIGHT agree that the draw is void; too low gives up draws that a repair would save
 * @param games {@code seed.games}: folder of games as YAML, defined where the catalog lacks them
 * @param results {@code seed.results}: past results as {@code game=file}, imported where the
 *     catalog has none of the game
 */
public record DrawsConfig(
    List<ScheduleLine> schedule,
    int capacity,
    Octets build,
    List<BranchId> branches,
    Duration partyInterval,
    Duration stall,
    Optional<Path> games,
    List<SeedFile> results) {
  private static final int BUILD_LENGTH = 32;

  /** A file of past results of a game. */
  public record SeedFile(String game, Path file) {}

  /** Copies. */
  public DrawsConfig {
    schedule = List.copyOf(schedule);
    branches = List.copyOf(branches);
    results = List.copyOf(results);
  }

  /** Reads the keys. */
  public static DrawsConfig from(ConfigSource source) {
    return new DrawsConfig(
        schedule(source),
        source.integer("draws.capacity", 100_000, 1, Integer.MAX_VALUE),
        build(source),
        branches(source),
        source.duration("party.interval", Duration.ofMillis(500)),
        source.duration("draws.stall", VoidWitness.STALL),
        source.path("seed.games"),
        results(source));
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

  private static Octets build(ConfigSource source) {
    String hex = source.text("draws.build", "00".repeat(BUILD_LENGTH));
    try {
      return Octets.ofHex(hex).ofSize(BUILD_LENGTH, "draws.build");
    } catch (IllegalArgumentException wrong) {
      source.refuse("draws.build", "expected 64 hex digits");
      return Octets.of(new byte[BUILD_LENGTH]);
    }
  }

  private static List<BranchId> branches(ConfigSource source) {
    List<BranchId> branches = new ArrayList<>();
    for (String code : source.list("players.branches", List.of("TOR", "MTL", "OTW"))) {
      try {
        branches.add(BranchId.of(code));
      } catch (IllegalArgumentException wrong) {
        source.refuse("players.branches", String.valueOf(wrong.getMessage()));
      }
    }
    return branches;
  }

  private static List<SeedFile> results(ConfigSource source) {
    List<SeedFile> files = new ArrayList<>();
    for (String text : source.list("seed.results", List.of())) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        source.refuse("seed.results", "\"" + text + "\": expected game=file");
      } else {
        files.add(new SeedFile(text.substring(0, equals), Path.of(text.substring(equals + 1))));
      }
    }
    return files;
  }
}
