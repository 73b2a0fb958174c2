package io.elottery.controller.app;

import io.elottery.controller.acting.ActingConfig;
import io.elottery.controller.draws.DrawsConfig;
import io.elottery.controller.hemisphere.Preference;
import io.elottery.controller.history.HistoryConfig;
import io.elottery.controller.keys.KeysConfig;
import io.elottery.controller.placement.PlacementConfig;
import io.elottery.controller.relay.RelayConfig;
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
 * @param passphraseFile {@code vault.passphrase-file}: owner-only; opens the vault's compartment
 *     network, {@code .left} and {@code .right} beside it the others; a missing one leaves its
 *     compartment sealed
 * @param bootstrapFile {@code vault.bootstrap-file}: as {@code elottery init} wrote it
 * @param admin {@code admin.listen}: loopback; absent = none
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
    RelayConfig relay,
    DrawsConfig draws,
    KeysConfig keys,
    HistoryConfig history,
    ActingConfig acting) {

  /** Copies. */
  public ControllerConfig {
    mains = List.copyOf(mains);
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
        RelayConfig.from(source),
        DrawsConfig.from(source),
        KeysConfig.from(source),
        HistoryConfig.from(source),
        ActingConfig.from(source));
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
}
