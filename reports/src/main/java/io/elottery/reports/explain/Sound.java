package io.elottery.reports.explain;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.event.Event;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Picture;
import io.elottery.reports.trouble.Sentences;
import io.elottery.reports.trouble.Trouble;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.view.HemisphereView;
import io.elottery.reports.view.ShardView;
import io.elottery.reports.view.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells how something is with which nothing is wrong. */
final class Sound {
  private static final String NOTHING = "Nothing to do.";
  private static final String NONE = "None for draws and players.";

  private final Picture picture;
  private final Told told;

  Sound(Picture picture, List<Trouble> troubles, List<Event> recent) {
    this.picture = picture;
    this.told = new Told(picture, troubles, recent);
  }

  Optional<Explanation> of(String subject) {
    return worker(subject)
        .or(() -> link(subject))
        .or(() -> half(subject))
        .or(() -> shard(subject))
        .or(() -> main(subject))
        .or(() -> other(subject));
  }

  private Optional<Explanation> worker(String subject) {
    return find(subject)
        .map(
            worker -> {
              Judgement is = worker.judgement();
              List<String> evidence =
                  new ArrayList<>(is.evidence().stream().map(Evidence::sentence).toList());
              report(is.worker()).ifPresent(report -> evidence.add(load(report)));
              return sound(
                  subject,
                  is.verdict().name(),
                  subject + " is up: most who should hear it do, main among them.",
                  is.since(),
                  "It " + roles(is.worker()) + ".",
                  evidence);
            });
  }

  private Optional<Explanation> link(String subject) {
    String[] ends = subject.split(",", -1);
    Optional<WorkerView> one = find(ends[0]);
    Optional<WorkerView> other = ends.length == 2 ? find(ends[1]) : Optional.empty();
    if (one.isEmpty()
        || other.isEmpty()
        || !one.get().neighbours().contains(other.get().judgement().worker())) {
      return Optional.empty();
    }
    NodeId first = one.get().judgement().worker();
    NodeId second = other.get().judgement().worker();
    List<String> evidence = new ArrayList<>();
    List<Instant> times = new ArrayList<>();
    said(first, second)
        .ifPresent(said -> add(evidence, times, Sentences.of(first, said), said.since()));
    said(second, first)
        .ifPresent(said -> add(evidence, times, Sentences.of(second, said), said.since()));
    boolean known = !evidence.isEmpty();
    return Optional.of(
        sound(
            subject,
            known ? "LINK_OPEN" : "LINK_UNKNOWN",
            known
                ? first + " and " + second + " hear each other."
                : "Neither " + first + " nor " + second + " has reported on their link yet.",
            times.stream().max(Comparator.naturalOrder()).orElse(picture.now()),
            NONE,
            evidence));
  }

  private Optional<Explanation> half(String subject) {
    return picture.view().hemispheres().stream()
        .filter(half -> half.hemisphere().name().equals(subject))
        .findFirst()
        .map(
            half ->
                sound(
                    subject,
                    "HALF_LED",
                    half.leader().map(NodeId::name).orElse("nobody") + " acts for " + subject + ".",
                    picture.now(),
                    NONE,
                    List.of(
                        "fence " + half.fence(),
                        half.substitutes().isEmpty()
                            ? "nobody stands by"
                            : "stand by: " + names(half.substitutes()))));
  }

  private Optional<Explanation> shard(String subject) {
    return picture.view().shards().stream()
        .filter(shard -> subject.equals("shard-" + shard.id()))
        .findFirst()
        .map(
            shard ->
                sound(
                    subject,
                    "SHARD_WHOLE",
                    subject
                        + " has all "
                        + shard.replicas().size()
                        + " copies; writer: "
                        + shard.writer().map(NodeId::name).orElse("not reported yet")
                        + ".",
                    picture.now(),
                    "Its draws sell and are drawn.",
                    List.of("copies on " + names(shard.replicas()))));
  }

  private Optional<Explanation> main(String subject) {
    List<Hemisphere> acts = new ArrayList<>();
    boolean standsBy = false;
    for (HemisphereView half : picture.view().hemispheres()) {
      half.leader()
          .filter(id -> id.name().equals(subject))
          .ifPresent(is -> acts.add(half.hemisphere()));
      standsBy |= half.substitutes().stream().anyMatch(id -> id.name().equals(subject));
    }
    if (acts.isEmpty() && !standsBy) {
      return Optional.empty();
    }
    String what =
        acts.isEmpty()
            ? subject + " is connected and stands by."
            : subject
                + " is connected and acts for "
                + String.join(" and ", acts.stream().map(Hemisphere::name).toList())
                + ".";
    return Optional.of(sound(subject, "UP", what, picture.now(), NONE, List.of()));
  }

  private Optional<Explanation> other(String subject) {
    return switch (subject) {
      case "vault" ->
          Optional.of(
              sound(subject, "VAULT_OPEN", "The vault is open on every main that answers."));
      case "zookeeper" ->
          Optional.of(
              sound(subject, "ZOOKEEPER_THERE", "This main has its session with ZooKeeper."));
      case "network" ->
          Optional.of(sound(subject, "NETWORK_THERE", "Servers are heard; no report was dropped."));
      default -> Optional.empty();
    };
  }

  private Explanation sound(String subject, String code, String what) {
    return sound(subject, code, what, picture.now(), NONE, List.of());
  }

  private Explanation sound(
      String subject,
      String code,
      String what,
      Instant since,
      String impact,
      List<String> evidence) {
    return new Explanation(
        subject,
        code,
        Optional.empty(),
        what,
        since,
        impact,
        List.of(),
        evidence,
        "",
        NOTHING,
        told.events(subject),
        Optional.empty());
  }

  private Optional<WorkerView> find(String name) {
    return picture.view().workers().stream()
        .filter(worker -> worker.judgement().worker().name().equals(name))
        .findFirst();
  }

  private Optional<Report> report(NodeId worker) {
    return picture.reports().stream().filter(each -> each.worker().equals(worker)).findFirst();
  }

  private Optional<NeighbourReport> said(NodeId by, NodeId of) {
    return report(by).stream()
        .flatMap(report -> report.neighbours().stream())
        .filter(said -> said.neighbour().equals(of))
        .findFirst();
  }

  private String roles(NodeId worker) {
    long writes =
        picture.view().shards().stream()
            .map(ShardView::writer)
            .flatMap(Optional::stream)
            .filter(worker::equals)
            .count();
    long holds =
        picture.view().shards().stream().filter(shard -> shard.replicas().contains(worker)).count();
    return "holds copies of "
        + holds
        + (holds == 1 ? " shard" : " shards")
        + " and writes "
        + writes;
  }

  private static String load(Report report) {
    StringBuilder line = new StringBuilder("its last report, of " + report.at());
    line.append(": slowest flush ").append(report.load().flush().toMillis()).append(" ms");
    if (report.load().processor() >= 0) {
      line.append(", processor ").append(Math.round(100 * report.load().processor())).append(" %");
    }
    report.notes().forEach(note -> line.append("; ").append(note));
    return line.toString();
  }

  private static void add(List<String> lines, List<Instant> times, String line, Instant at) {
    lines.add(line);
    times.add(at);
  }

  private static String names(List<NodeId> ids) {
    return String.join(", ", ids.stream().map(NodeId::name).toList());
  }
}
