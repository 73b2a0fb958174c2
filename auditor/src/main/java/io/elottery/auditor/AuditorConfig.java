package io.elottery.auditor;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.party.VoidWitness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an auditor is configured with; {@code deploy/config/auditor.yaml} shows every key.
 *
 * @param node {@code node.name}: as in its certificate
 * @param dir {@code node.dir}: its keys and its draw secret; owner-only
 * @param mains {@code mains}: each {@code id@host:port}
 * @param enrolToken {@code enrol.token-file}: shown once, while there is no certificate
 * @param admin {@code admin.listen}: loopback; absent = none
 * @param party {@code party.name} (AUDITOR): begins with AUDITOR
 * @param branches {@code party.branches} (TOR, MTL, OTW): whose draws it takes part in
 * @param interval {@code party.interval} (250 ms): between two looks for work; too low keeps
 *     writers busy with questions, too high makes every draw slower by up to five times this
 * @param patience {@code party.patience} (5 s): for one command or question; too low asks twice for
 *     what is only slow, too high waits for a main that has died
 * @param stall {@code draws.stall} (7 d): how long another party must have withheld its step before
 *     this one agrees that the draw is void; too low gives up draws that a repair would save
 */
public record AuditorConfig(
    NodeId node,
    Path dir,
    List<MainAddress> mains,
    Optional<Path> enrolToken,
    Optional<Address> admin,
    PartyName party,
    List<BranchId> branches,
    Duration interval,
    Duration patience,
    Duration stall,
    TrunkConfig trunk,
    MailroomConfig mailroom) {
  private static final String NAME = "AUDITOR";
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofMillis(10);

  /** Copies the lists. */
  public AuditorConfig {
    mains = List.copyOf(mains);
    branches = List.copyOf(branches);
  }

  /** Reads every key; the source remembers what is wrong. */
  public static AuditorConfig from(ConfigSource source) {
    return new AuditorConfig(
        source.nodeId("node.name"),
        source.requiredPath("node.dir"),
        mains(source),
        enrolToken(source),
        source.address("admin.listen"),
        party(source),
        branches(source),
        positive(source, "party.interval", INTERVAL),
        positive(source, "party.patience", PATIENCE),
        positive(source, "draws.stall", VoidWitness.STALL),
        TrunkConfig.from(source).withoutJoining(),
        MailroomConfig.from(source));
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

  private static PartyName party(ConfigSource source) {
    String text = source.text("party.name", NAME);
    try {
      PartyName party = PartyName.of(text);
      if (party.isAuditor()) {
        return party;
      }
      source.refuse("party.name", "\"" + text + "\": expected a name that begins with AUDITOR");
    } catch (IllegalArgumentException wrong) {
      source.refuse("party.name", String.valueOf(wrong.getMessage()));
    }
    return PartyName.of(NAME);
  }

  private static List<BranchId> branches(ConfigSource source) {
    List<BranchId> branches = new ArrayList<>();
    for (String text : source.list("party.branches", List.of("TOR", "MTL", "OTW"))) {
      try {
        branches.add(BranchId.of(text));
      } catch (IllegalArgumentException wrong) {
        source.refuse("party.branches", String.valueOf(wrong.getMessage()));
      }
    }
    return branches;
  }

  private static Duration positive(ConfigSource source, String key, Duration def) {
    Duration given = source.duration(key, def);
    if (given.compareTo(SHORTEST) >= 0) {
      return given;
    }
    source.refuse(key, "expected 10ms or more");
    return def;
  }
}
