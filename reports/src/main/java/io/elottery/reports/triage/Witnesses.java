package io.elottery.reports.triage;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Instants;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.report.Report;
import io.elottery.reports.triage.Word.Fresh;
import io.elottery.reports.triage.Word.Weight;
import io.elottery.reports.verdict.Evidence.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who says what of a worker: main's own eyes first, then each neighbour as its last report or, when
 * asked since, its answer has it. One who is dead or doubts itself is no observer; one whom main
 * does not hear is one whose word is missing.
 */
final class Witnesses {
  private final TriageConfig config;
  private final Duration justNow; // an answer may be so old
  private final Map<NodeId, Observed> workers;

  Witnesses(TriageConfig config, Map<NodeId, Observed> workers) {
    this.config = config;
    this.justNow = config.silent().multipliedBy(2);
    this.workers = workers;
  }

  List<Word> on(Observed known, boolean mainDoubtsItself, Moment now) {
    List<Word> words = new ArrayList<>(known.neighbours.size() + 1);
    words.add(ownEyes(known, mainDoubtsItself, now));
    for (NodeId neighbour : known.neighbours) {
      words.add(wordOf(neighbour, known, now));
    }
    return words;
  }

  private Word ownEyes(Observed known, boolean doubtsItself, Moment now) {
    String self = known.hemisphere.name();
    Moment seen = known.seenByMain;
    if (seen != null && known.seenWithin(config, now)) {
      Moment missed = known.missedAt;
      return Word.vote(
          self,
          Claim.HEARD,
          () ->
              missed == null
                  ? self + " hears it, last " + at(seen, now)
                  : self + " heard it " + at(seen, now) + ", a probe is unanswered since");
    }
    if (known.refused) {
      return Word.vote(
          self,
          Claim.GONE,
          () ->
              self
                  + ": its trunk is closed and its address refuses connections"
                  + (seen == null ? "" : ", last heard " + at(seen, now)));
    }
    if (doubtsItself) {
      return Word.abstains(self, Weight.NONE, () -> self + " was late itself and casts no vote");
    }
    if (seen != null) {
      String what = known.closed ? ": its trunk is closed, last heard " : " last heard it ";
      return Word.vote(self, Claim.SILENT, () -> self + what + at(seen, now));
    }
    boolean early = now.isWithin(config.heard(), known.watchedSince);
    return early
        ? Word.abstains(self, Weight.NONE, () -> self + " has not heard it yet")
        : Word.vote(
            self,
            Claim.SILENT,
            () -> self + " has not heard it since it watches, " + at(known.watchedSince, now));
  }

  private Word wordOf(NodeId observer, Observed of, Moment now) {
    String name = observer.name();
    Observed by = workers.get(observer);
    if (by == null) {
      return Word.abstains(name, Weight.NONE, () -> name + " is not watched");
    }
    Report passedOn = of.report;
    Moment came = of.reportedAt;
    if (passedOn != null
        && came != null
        && passedOn.relayedBy().map(observer::equals).orElse(false)
        && now.isWithin(config.heard(), came)) {
      return Word.vote(name, Claim.HEARD, () -> name + " passed on its report " + at(came, now));
    }
    if (by.isDead()) {
      return Word.abstains(name, Weight.NONE, () -> name + " is down itself");
    }
    Observed.Said said = of.testimonies.get(observer);
    if (said != null && now.isWithin(config.heard(), said.at())) {
      Moment answered = said.at();
      if (!said.heard()) {
        return Word.vote(
            name,
            Claim.SILENT,
            now.isWithin(justNow, answered) ? Fresh.ASKED : Fresh.RECENT,
            () -> name + " was asked and got no answer from it, " + at(answered, now));
      }
      if (said.heard() && isNewer(answered, by.reportedAt)) {
        return Word.vote(
            name,
            Claim.HEARD,
            Fresh.ASKED,
            () -> name + " was asked and hears it, " + at(answered, now));
      }
    }
    Report report = by.report;
    Moment reported = by.reportedAt;
    if (report == null || reported == null) {
      // It may live and hear it: a main that has just begun knows nothing yet.
      return Word.abstains(name, Weight.MISSING, () -> name + " has not reported");
    }
    return reported(name, of, by, report, reported, now);
  }

  private Word reported(
      String name, Observed of, Observed by, Report report, Moment reported, Moment now) {
    boolean recent = now.isWithin(config.heard(), reported);
    // A report holds until the next one only while its sender is known to live.
    boolean holds =
        recent
            || (now.isWithin(config.fresh(), reported)
                && (by.seenWithin(config, now) || report.relayedBy().isPresent()));
    if (!holds) {
      return Word.abstains(
          name, Weight.MISSING, () -> name + " last reported " + at(reported, now));
    }
    if (report.doubtful()) {
      return Word.abstains(name, Weight.NONE, () -> name + " doubts itself and casts no vote");
    }
    for (NeighbourReport said : report.neighbours()) {
      if (said.neighbour().equals(of.worker)) {
        return word(name, said, of, recent ? Fresh.RECENT : Fresh.OLD, reported, now);
      }
    }
    return Word.abstains(name, Weight.NONE, () -> name + " says nothing of it");
  }

  private static Word word(
      String name, NeighbourReport said, Observed of, Fresh fresh, Moment reported, Moment now) {
    if (said.trust() == Trust.TRUSTED) {
      boolean oneWay = said.connected() && !said.hearsMe();
      return Word.vote(
          name,
          Claim.HEARD,
          () ->
              name
                  + " hears it, as of "
                  + at(reported, now)
                  + (oneWay ? ", though it does not hear " + name : ""));
    }
    if (!said.connected() && said.refused()) {
      return Word.vote(
          name,
          Claim.GONE,
          () -> name + ": link closed and reconnect refused since " + said.since());
    }
    Report own = of.report;
    return Word.vote(
        name,
        Claim.SILENT,
        fresh,
        () ->
            String.format(
                "%s has not heard it since %s (%s)%s",
                name, said.since(), said.trust(), oneWay(name, own)));
  }

  // Both ends tell what they heard: a link that carries one way only is named as such.
  private static String oneWay(String observer, @Nullable Report own) {
    if (own == null) {
      return "";
    }
    for (NeighbourReport said : own.neighbours()) {
      if (said.neighbour().name().equals(observer)) {
        return said.trust() == Trust.TRUSTED ? ", while it hears " + observer : "";
      }
    }
    return "";
  }

  private static boolean isNewer(Moment one, @Nullable Moment other) {
    return other == null || one.nanos() - other.nanos() > 0;
  }

  // Made for every word once a second: no formatter.
  private static String at(Moment then, Moment now) {
    long tenths = now.since(then).toMillis() / 100;
    return Instants.text(then.wall())
        + " ("
        + tenths / 10
        + "."
        + Math.floorMod(tenths, 10)
        + " s ago)";
  }
}
