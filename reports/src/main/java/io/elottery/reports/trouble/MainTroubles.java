package io.elottery.reports.trouble;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.view.HemisphereView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is wrong with mains, halves, ZooKeeper, the vault and the intake of reports. */
final class MainTroubles {
  private static final String KEYS = "network"; // the compartment that keys are made with

  private static final String ZOOKEEPER = "zookeeper";

  private final Sight sight;
  private final Picture picture;

  MainTroubles(Sight sight) {
    this.sight = sight;
    this.picture = sight.picture;
  }

  void findInto(Findings found) {
    picture.around().registryAway().ifPresent(since -> found.add(zooKeeper(since)));
    picture.around().mainsAway().forEach(main -> found.add(away(main)));
    for (HemisphereView half : picture.view().hemispheres()) {
      if (half.leader().isEmpty()) {
        found.add(unled(half));
      } else if (half.covers().size() > 1 && isTheCovered(half)) {
        found.add(covered(half));
      }
    }
    if (!picture.around().sealed().isEmpty()) {
      found.add(vault());
    }
    if (picture.around().shed() > 0) {
      found.add(shed());
    }
  }

  private static Trouble zooKeeper(Instant since) {
    return new Trouble(
        Codes.ZOOKEEPER_AWAY,
        ZOOKEEPER,
        Priority.CRITICAL,
        since,
        "ZooKeeper does not answer this main.",
        "Tickets are sold as before. No main can be elected: with ZooKeeper wholly away nobody acts for"
            + " a half, every main judges servers by itself and gives no order; draws that close"
            + " wait, and no key, plan or member of the staff can be changed until it is back.",
        Optional.empty(),
        List.of("no session since " + since),
        "",
        "Look whether ZooKeeper's servers run and are reached on their TLS port; start them. Main"
            + " comes back by itself.");
  }

  private Trouble away(NodeId main) {
    Instant since = picture.since(Codes.MAIN_AWAY, main.name());
    return new Trouble(
        Codes.MAIN_AWAY,
        main.name(),
        Priority.WARNING,
        since,
        main + " is not connected to this main: it is down, or cut off.",
        "None for draws and players. One main fewer is left to take over.",
        Optional.empty(),
        List.of("no trunk to " + main + " since " + since),
        "",
        "Look whether its process runs and its host is reached; start it again.");
  }

  private Trouble unled(HemisphereView half) {
    String subject = half.hemisphere().name();
    Instant since = picture.since(Codes.HALF_UNLED, subject);
    Optional<String> cause =
        picture.around().registryAway().isPresent()
            ? Optional.of(Codes.ZOOKEEPER_AWAY + ":" + ZOOKEEPER)
            : picture.around().mainsAway().stream()
                .findFirst()
                .map(main -> Codes.MAIN_AWAY + ":" + main);
    return new Trouble(
        Codes.HALF_UNLED,
        subject,
        Priority.CRITICAL,
        since,
        "No main acts for " + subject + ".",
        (half.hemisphere() == Hemisphere.LEFT
                ? "Draws go on selling. No new draw is opened, no key changed, and"
                : "Draws go on selling;")
            + " nobody acts on servers of "
            + subject
            + " that fail. "
            + subject
            + "'s share of the numbers waits, so draws that close now are drawn later.",
        cause,
        List.of("last fence seen: " + half.fence()),
        "",
        half.substitutes().isEmpty()
            ? "Start a main: nobody stands by."
            : "Wait some seconds: "
                + String.join(", ", half.substitutes().stream().map(NodeId::name).toList())
                + " stands by. If nobody takes over, look at ZooKeeper.");
  }

  // The half taken over later, under the higher fence, is the one without a main of its own.
  private boolean isTheCovered(HemisphereView half) {
    return picture.view().hemispheres().stream()
        .filter(other -> other.hemisphere() != half.hemisphere())
        .allMatch(other -> other.fence() < half.fence());
  }

  private Trouble covered(HemisphereView half) {
    String subject = half.hemisphere().name();
    String leader = half.leader().map(NodeId::name).orElse("");
    return new Trouble(
        Codes.HALF_COVERED,
        subject,
        Priority.WARNING,
        picture.since(Codes.HALF_COVERED, subject),
        leader + " acts for both halves: " + subject + " has no main of its own.",
        "None for draws and players. If " + leader + " fails too, nobody supervises.",
        picture.around().mainsAway().stream().findFirst().map(main -> Codes.MAIN_AWAY + ":" + main),
        List.of(leader + " acts for " + subject + " under fence " + half.fence()),
        "",
        "Start a main that prefers " + subject + ", or a substitute.");
  }

  private Trouble vault() {
    Map<NodeId, List<String>> sealed = new TreeMap<>(picture.around().sealed());
    List<String> lines =
        sealed.entrySet().stream()
            .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()) + " sealed")
            .toList();
    // Whoever acts for LEFT makes all keys.
    boolean keysWait =
        picture.view().hemispheres().stream()
            .filter(half -> half.hemisphere() == Hemisphere.LEFT)
            .flatMap(half -> half.leader().stream())
            .anyMatch(leader -> sealed.getOrDefault(leader, List.of()).contains(KEYS));
    return new Trouble(
        Codes.VAULT_SEALED,
        "vault",
        keysWait ? Priority.CRITICAL : Priority.WARNING,
        picture.since(Codes.VAULT_SEALED, "vault"),
        "The vault is sealed on "
            + String.join(", ", sealed.keySet().stream().map(NodeId::name).toList())
            + ".",
        keysWait
            ? "Draws sell. It is sealed on the main that acts for LEFT: no key is made or changed"
                + " and no server joins."
            : "Draws sell. Where no main has it open, no key is made or changed, no server joins,"
                + " and main's share of the numbers waits.",
        Optional.empty(),
        lines,
        "",
        "Give the key pieces: `elottery vault unseal`; `elottery vault status` says how many are"
            + " missing.");
  }

  private Trouble shed() {
    long shed = picture.around().shed();
    return new Trouble(
        Codes.REPORTS_SHED,
        "network",
        Priority.WARNING,
        picture.since(Codes.REPORTS_SHED, "network"),
        Impact.count(shed, "report")
            + " came faster than main could take them and "
            + (shed == 1 ? "was" : "were")
            + " dropped.",
        "None for draws and players. Urgent reports are taken first; workers offer theirs again.",
        Optional.empty(),
        List.of(shed + " dropped in the last minute"),
        "",
        "Look for servers that report all the time: `elottery reports --follow`.");
  }
}
