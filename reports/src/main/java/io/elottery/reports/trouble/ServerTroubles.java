package io.elottery.reports.trouble;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.elottery.reports.view.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with workers, alone or all of a host, a half or the network together. */
final class ServerTroubles {
  private static final String FLAPPING = "flapping";

  private final Sight sight;
  private final Picture picture;

  ServerTroubles(Sight sight) {
    this.sight = sight;
    this.picture = sight.picture;
  }

  void findInto(Findings found) {
    List<NodeId> all = sight.wholeNetwork();
    if (!all.isEmpty()) {
      found.add(
          together(
              Codes.NETWORK_AWAY,
              "network",
              all,
              "All " + all.size() + " servers are away at once.",
              "Look first at the network between main and the servers; then at the servers."));
    } else {
      for (Hemisphere half : Hemisphere.values()) {
        List<NodeId> members = sight.wholeHalf(half);
        if (!members.isEmpty()) {
          found.add(
              together(
                  Codes.HALF_AWAY,
                  half.name(),
                  members,
                  "All " + members.size() + " servers of " + half + " are away at once.",
                  "Look first at the network between this main and " + half + "'s servers."));
        }
      }
      for (Sight.Place place : sight.wholePlaces()) {
        found.add(
            together(
                place.code(),
                place.label(),
                place.members(),
                "All " + place.members().size() + " servers of " + place.label() + " are away.",
                "Look whether " + place.label() + " has power and network."));
      }
    }
    for (WorkerView worker : picture.view().workers()) {
      of(worker.judgement()).ifPresent(found::add);
    }
    for (Map.Entry<NodeId, Gaps> each : picture.around().gaps().entrySet()) {
      if (sight.judgement(each.getKey()).isPresent()) {
        found.add(missing(each.getKey(), each.getValue()));
      }
    }
  }

  private Trouble together(
      String code, String subject, List<NodeId> members, String what, String next) {
    Instant since =
        members.stream()
            .map(sight::judgement)
            .flatMap(Optional::stream)
            .map(Judgement::since)
            .max(Comparator.naturalOrder())
            .orElse(picture.now());
    List<String> lines = new ArrayList<>();
    for (NodeId member : members) {
      sight
          .judgement(member)
          .ifPresent(is -> lines.add(member + " " + is.verdict() + " since " + is.since()));
    }
    return new Trouble(
        code,
        subject,
        Priority.CRITICAL,
        since,
        what,
        Impact.ofAbsence(sight, members),
        Optional.empty(),
        lines,
        "",
        next);
  }

  private Optional<Trouble> of(Judgement judgement) {
    NodeId id = judgement.worker();
    return switch (judgement.verdict()) {
      case UP -> Optional.empty();
      case DOWN ->
          Optional.of(
              trouble(
                  judgement,
                  Codes.SERVER_DOWN,
                  Priority.CRITICAL,
                  id + " is down: it is dead, or cut off from most who should hear it.",
                  Impact.ofAbsence(sight, List.of(id)),
                  "Look whether its process and its host run; start it again. It catches up by"
                      + " itself."));
      case SUSPECT -> Optional.of(suspect(judgement));
      case SLOW ->
          Optional.of(
              trouble(
                  judgement,
                  Codes.SERVER_SLOW,
                  Priority.WARNING,
                  id + " answers much later than it uses to.",
                  "Sales on shards it writes may be slow; nothing is lost.",
                  "Look at its processor, memory and disk."));
      case DEAF ->
          Optional.of(
              trouble(
                  judgement,
                  Codes.SERVER_DEAF,
                  Priority.WARNING,
                  id + " lives, its neighbours hear it, but main does not.",
                  "None for draws and players. Main cannot give it orders.",
                  "Look at the network between "
                      + id
                      + " and main; both know the other's address."));
      case CONSERVED ->
          Optional.of(
              trouble(
                  judgement,
                  Codes.SERVER_CONSERVED,
                  Priority.NOTICE,
                  id + " is out of service as planned.",
                  Impact.NONE,
                  "Nothing. When the work is done, take it back into service."));
      case UNKNOWN -> Optional.of(unknown(judgement));
    };
  }

  private Trouble suspect(Judgement judgement) {
    NodeId id = judgement.worker();
    boolean flaps =
        judgement.evidence().stream().anyMatch(each -> each.sentence().startsWith(FLAPPING));
    return flaps
        ? trouble(
            judgement,
            Codes.SERVER_FLAPS,
            Priority.WARNING,
            id + " comes and goes; it is not trusted before it was calm for a while.",
            "Sales on shards it holds may stutter; nothing is lost.",
            "Look at its network, its memory and why its process stops; if it goes on, take it"
                + " out of service.")
        : trouble(
            judgement,
            Codes.SERVER_SUSPECT,
            Priority.WARNING,
            id + " is not heard by most who should; main is not sure yet.",
            "None yet for draws and players.",
            "Wait a second or two: it comes back or is called down.");
  }

  private Trouble unknown(Judgement judgement) {
    NodeId id = judgement.worker();
    if (judgement.behind().isEmpty()) {
      return trouble(
          judgement,
          Codes.SERVER_UNKNOWN,
          Priority.NOTICE,
          id + " is planned but was not heard since main watches.",
          sight.shardsOf(id).isEmpty() ? Impact.NONE : Impact.ofAbsence(sight, List.of(id)),
          "Start it; a new server must join first.");
    }
    String behind = judgement.behind().get();
    return trouble(
        judgement,
        Codes.SERVER_UNKNOWN,
        Priority.WARNING,
        "Nobody can tell how " + id + " is: it is hidden behind " + behind + ".",
        "It may live and serve. " + Impact.ofAbsence(sight, List.of(id)),
        "Look at " + behind + " first.");
  }

  private Trouble trouble(
      Judgement judgement,
      String code,
      Priority severity,
      String what,
      String impact,
      String next) {
    NodeId id = judgement.worker();
    return new Trouble(
        code,
        id.name(),
        severity,
        judgement.since(),
        what,
        impact,
        sight.causeOfAbsence(id).or(() -> unsupervised(judgement)),
        judgement.evidence().stream().map(Evidence::sentence).toList(),
        "",
        next);
  }

  // While it is not heard, that explains it.
  private Trouble missing(NodeId id, Gaps gaps) {
    return new Trouble(
        Codes.REPORTS_MISSING,
        id.name(),
        Priority.WARNING,
        gaps.first(),
        "Reports of " + id + " keep missing: " + Impact.count(gaps.reports(), "report") + ".",
        "None for draws and players. What " + id + " says of its neighbours comes late or never.",
        sight.absence(id),
        List.of(
            gaps.times()
                + " gaps, the first noticed "
                + gaps.first()
                + ", the last "
                + gaps.last()),
        "",
        "Look at the network between " + id + " and main, and whether it stands still at times.");
  }

  // Nobody judges a half that nobody leads: what is said of its servers is old.
  private Optional<String> unsupervised(Judgement judgement) {
    boolean unled =
        judgement.verdict() == Verdict.UNKNOWN
            && picture.view().hemispheres().stream()
                .anyMatch(
                    half -> half.hemisphere() == judgement.hemisphere() && half.leader().isEmpty());
    return unled ? Optional.of(Codes.HALF_UNLED + ":" + judgement.hemisphere()) : Optional.empty();
  }
}
