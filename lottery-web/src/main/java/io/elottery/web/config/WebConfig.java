package io.elottery.web.config;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.lottery.id.Octets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway is configured with; {@code deploy/config/web.yaml} shows every key.
 *
 * @param node {@code node.name}: as in its certificate
 * @param dir {@code node.dir}: keys and the last roster; owner-only
 * @param mains {@code mains}: each {@code id@host:port}
 * @param own {@code trunk.source}: which of its addresses it dials from
 * @param enrolToken {@code enrol.token-file}: shown once, while there is no certificate
 * @param admin {@code admin.listen}: loopback; absent = none
 * @param mailroom {@code mailroom.attempt}, {@code mailroom.pause}, {@code mailroom.most}
 * @param build {@code draws.build}: 64 hex digits, hash of the shipped jars as {@code elottery
 *     version} prints it, recorded with every draw; zeros when not given
 * @param http the public and the staff port
 * @param players what players get and how they sign in
 */
public record WebConfig(
    NodeId node,
    Path dir,
    List<MainAddress> mains,
    OwnAddresses own,
    Optional<Path> enrolToken,
    Optional<Address> admin,
    MailroomConfig mailroom,
    Octets build,
    HttpConfig http,
    PlayersConfig players) {

  private static final String NO_BUILD = "0".repeat(64);

  /** Copies the list. */
  public WebConfig {
    mains = List.copyOf(mains);
  }

  /** Reads every key; the source remembers what is wrong. */
  public static WebConfig from(ConfigSource source) {
    return new WebConfig(
        source.nodeId("node.name"),
        source.requiredPath("node.dir"),
        mains(source),
        OwnAddresses.from(source, "trunk"),
        source.path("enrol.token-file"),
        source.address("admin.listen"),
        mailroom(source),
        build(source, "draws.build"),
        HttpConfig.from(source),
        PlayersConfig.from(source));
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

  private static Octets build(ConfigSource source, String key) {
    String hex = source.text(key, NO_BUILD);
    if (!hex.matches("[0-9a-f]{64}")) {
      source.refuse(key, "expected 64 digits of 0-9 a-f");
      return Octets.ofHex(NO_BUILD);
    }
    return Octets.ofHex(hex);
  }

  private static MailroomConfig mailroom(ConfigSource source) {
    MailroomConfig defaults = MailroomConfig.defaults();
    return new MailroomConfig(
        positive(source, "mailroom.attempt", defaults.attempt()),
        positive(source, "mailroom.pause", defaults.pause()),
        source.integer("mailroom.most", defaults.most(), 1, 1_000_000));
  }

  static Duration positive(ConfigSource source, String key, Duration def) {
    Duration value = source.duration(key, def);
    if (value.isZero() || value.isNegative()) {
      source.refuse(key, "expected longer than zero");
      return def;
    }
    return value;
  }
}
