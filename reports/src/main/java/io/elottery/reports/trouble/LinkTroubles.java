package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.trouble.Surroundings.Loss;
import io.elottery.reports.view.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the links between neighbours, as both ends say. */
final class LinkTroubles {
  private final Sight sight;
  private final Picture picture;

  LinkTroubles(Sight sight) {
    this.sight = sight;
    this.picture = sight.picture;
  }

  void findInto(Findings found) {
    for (WorkerView worker : picture.view().workers()) {
      NodeId one = worker.judgement().worker();
      for (NodeId other : worker.neighbours()) {
        if (one.compareTo(other) < 0) {
          of(one, other).ifPresent(found::add);
        }
      }
    }
  }

  private Optional<Trouble> of(NodeId one, NodeId other) {
    Optional<NeighbourReport> there = sight.said(one, other);
    Optional<NeighbourReport> back = sight.said(other, one);
    Optional<NeighbourReport> closed =
        there.filter(LinkTroubles::isClosed).or(() -> back.filter(LinkTroubles::isClosed));
    if (closed.isPresent()) {
      return Optional.of(closed(one, other, closed.get().since(), evidence(one, other)));
    }
    Optional<Trouble> oneWay =
        isOneWay(there, back)
            ? Optional.of(oneWay(one, other, back.get().since()))
            : isOneWay(back, there)
                ? Optional.of(oneWay(other, one, there.get().since()))
                : Optional.empty();
    Loss loss = picture.around().losses().get(subject(one, other));
    return oneWay.isPresent() || loss == null ? oneWay : Optional.of(lossy(one, other, loss));
  }

  private static boolean isClosed(NeighbourReport said) {
    return !said.connected() && said.trust() != Trust.TRUSTED;
  }

  // The first end hears the second, and the second says or is said not to hear the first.
  private static boolean isOneWay(Optional<NeighbourReport> hears, Optional<NeighbourReport> deaf) {
    return hears.isPresent()
        && deaf.isPresent()
        && hears.get().trust() == Trust.TRUSTED
        && !hears.get().hearsMe()
        && deaf.get().trust() != Trust.TRUSTED;
  }

  private Trouble closed(NodeId one, NodeId other, Instant since, List<String> evidence) {
    Optional<String> cause = sight.absence(one).or(() -> sight.absence(other));
    return new Trouble(
        Codes.LINK_CLOSED,
        subject(one, other),
        Priority.WARNING,
        since,
        "The link between " + one + " and " + other + " is closed.",
        cause.isPresent()
            ? "None of its own: it follows from the server that is away."
            : "None for draws and players. The two do not watch each other.",
        cause,
        evidence,
        "",
        cause.isPresent()
            ? "Nothing: it opens again with the server."
            : "Look at the network between the two, then at their key: `elottery keys list`.");
  }

  private Trouble oneWay(NodeId hears, NodeId deaf, Instant since) {
    return new Trouble(
        Codes.LINK_ONE_WAY,
        subject(hears, deaf),
        Priority.WARNING,
        since,
        hears + " hears " + deaf + ", but " + deaf + " does not hear " + hears + ".",
        "None for draws and players. Both are watched by their other neighbours.",
        Optional.empty(),
        evidence(hears, deaf),
        "",
        "Look at what drops packets from " + hears + " to " + deaf + ": a firewall or a route.");
  }

  private Trouble lossy(NodeId one, NodeId other, Loss loss) {
    String subject = subject(one, other);
    return new Trouble(
        Codes.LINK_LOSSY,
        subject,
        Priority.NOTICE,
        picture.since(Codes.LINK_LOSSY, subject),
        loss.percent() + " % of the impulses between " + one + " and " + other + " get lost.",
        "None for draws and players. Work between the two may be slow.",
        Optional.empty(),
        List.of(loss.lost() + " of " + loss.due() + " lost in " + loss.seconds() + " s"),
        "",
        "Look at the network between the two.");
  }

  private List<String> evidence(NodeId one, NodeId other) {
    List<String> lines = new ArrayList<>();
    sight.said(one, other).ifPresent(said -> lines.add(Sentences.of(one, said)));
    sight.said(other, one).ifPresent(said -> lines.add(Sentences.of(other, said)));
    return lines;
  }

  static String subject(NodeId one, NodeId other) {
    return one.compareTo(other) < 0 ? one + "," + other : other + "," + one;
  }
}
