package io.elottery.reports.explain;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.event.Event;
import io.elottery.reports.explain.DrawFacts.Known;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Codes;
import io.elottery.reports.trouble.Picture;
import io.elottery.reports.trouble.Trouble;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.view.ShardView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells a draw: can it sell, can it be drawn, and what stands in the way. */
final class DrawTold {
  private static final Set<String> OVER = Set.of("CERTIFIED", "VOID", "DISPUTED");
  private static final Set<String> STOPPING =
      Set.of(Codes.SHARD_NO_MAJORITY, Codes.SHARD_CLOSED, Codes.SHARD_NO_WRITER);

  private final DrawFacts draw;
  private final Picture picture;
  private final Told told;
  private final String shardName;
  private final Optional<ShardView> shard;
  private final Optional<Trouble> ofShard;
  private final Optional<Trouble> ofParties;
  private final boolean stopped;

  DrawTold(DrawFacts draw, Picture picture, List<Trouble> troubles, List<Event> recent) {
    this.draw = draw;
    this.picture = picture;
    this.told = new Told(picture, troubles, recent);
    shardName = "shard-" + draw.shard();
    shard = picture.view().shards().stream().filter(each -> each.id() == draw.shard()).findFirst();
    ofShard = troubles.stream().filter(each -> each.subject().equals(shardName)).findFirst();
    ofParties = troubles.stream().filter(each -> each.code().equals(Codes.HALF_UNLED)).findFirst();
    stopped = ofShard.filter(each -> STOPPING.contains(each.code())).isPresent();
  }

  Explanation explanation() {
    boolean over = draw.known().filter(known -> OVER.contains(known.state())).isPresent();
    boolean sells = !stopped && draw.known().filter(Known::onSale).isPresent();
    boolean stalled = draw.known().filter(known -> known.state().equals("STALLED")).isPresent();
    boolean drawable =
        !stopped && !over && !stalled && ofParties.isEmpty() && draw.known().isPresent();
    Optional<Trouble> obstacle =
        over ? Optional.empty() : ofShard.filter(each -> stopped).or(() -> ofParties);
    return new Explanation(
        draw.subject(),
        code(over, obstacle),
        over ? Optional.empty() : severity(obstacle, stalled),
        what(over, sells, obstacle),
        since(obstacle),
        impact(over, sells, drawable, stalled),
        causes(obstacle),
        evidence(),
        obstacle.or(() -> ofShard).map(Trouble::done).orElse(""),
        next(over, stalled, obstacle),
        told.events(draw.subject()),
        Optional.of(
            new DrawStanding(
                draw.known().map(Known::state),
                sells,
                drawable,
                draw.shard(),
                shard.flatMap(ShardView::writer).map(NodeId::name),
                replicas())));
  }

  private String code(boolean over, Optional<Trouble> obstacle) {
    if (stopped && !over) {
      return "DRAW_STOPPED";
    }
    if (draw.known().isEmpty()) {
      return "DRAW_UNKNOWN";
    }
    return obstacle.isPresent() ? "DRAW_WAITS" : "DRAW_" + draw.known().get().state();
  }

  private Optional<Priority> severity(Optional<Trouble> obstacle, boolean stalled) {
    if (obstacle.isPresent()) {
      return Optional.of(obstacle.get().severity());
    }
    return stalled || draw.known().isEmpty()
        ? Optional.of(Priority.WARNING)
        : ofShard.map(Trouble::severity);
  }

  private String what(boolean over, boolean sells, Optional<Trouble> obstacle) {
    String state =
        draw.known()
            .map(known -> draw.subject() + " is " + known.state())
            .orElse(draw.subject() + " did not answer just now");
    if (over) {
      return state + ": nothing is left to do with it.";
    }
    if (stopped) {
      return state + " and stands still: " + obstacle.map(Trouble::what).orElse("");
    }
    return state + (sells ? " and sells." : ".");
  }

  private Instant since(Optional<Trouble> obstacle) {
    return obstacle
        .map(Trouble::since)
        .or(() -> draw.known().map(Known::since))
        .orElse(picture.now());
  }

  private String impact(boolean over, boolean sells, boolean drawable, boolean stalled) {
    if (over) {
      return "None.";
    }
    List<String> parts = new ArrayList<>();
    if (sells) {
      parts.add("Players can buy.");
    } else if (stopped) {
      parts.add("Players cannot buy: they see \"try again\", and what was acknowledged is safe.");
    } else if (draw.known().isEmpty()) {
      parts.add("Whether players can buy is not known.");
    } else {
      parts.add("It sells no tickets now.");
    }
    parts.add(
        drawable
            ? "It can be drawn."
            : stopped
                ? "It cannot be drawn until its shard writes again."
                : ofParties.isPresent()
                    ? "It cannot be drawn until a main acts for " + ofParties.get().subject() + "."
                    : stalled
                        ? "It is not drawn before " + waitedFor() + " has taken its step."
                        : "Whether it can be drawn is not known.");
    if (!stopped && ofShard.isPresent()) {
      parts.add(ofShard.get().what());
    }
    return String.join(" ", parts);
  }

  private String waitedFor() {
    return draw.known()
        .map(known -> String.join(", ", known.waitingFor()))
        .filter(names -> !names.isEmpty())
        .orElse("somebody");
  }

  private List<String> causes(Optional<Trouble> obstacle) {
    List<String> causes = new ArrayList<>();
    obstacle
        .or(() -> ofShard)
        .ifPresent(
            trouble -> {
              causes.add(trouble.code() + " since " + trouble.since() + ": " + trouble.what());
              causes.addAll(told.causes(trouble));
            });
    return causes;
  }

  private List<String> evidence() {
    List<String> evidence = new ArrayList<>();
    draw.known()
        .ifPresent(
            known ->
                evidence.add(
                    "its shard says "
                        + known.state()
                        + ", closing "
                        + known.closesAt()
                        + (known.waitingFor().isEmpty()
                            ? ""
                            : ", waits for " + waitedFor() + " since " + known.since())));
    evidence.add(
        shardName
            + ": writer "
            + shard.flatMap(ShardView::writer).map(NodeId::name).orElse("not known"));
    shard.ifPresent(
        each ->
            each.replicas()
                .forEach(
                    server ->
                        evidence.add(
                            server
                                + " "
                                + judgement(server)
                                    .map(is -> is.verdict() + " since " + is.since())
                                    .orElse("UNKNOWN"))));
    return evidence;
  }

  private String next(boolean over, boolean stalled, Optional<Trouble> obstacle) {
    if (over) {
      return "Nothing to do.";
    }
    if (obstacle.isPresent()) {
      return obstacle.get().next();
    }
    if (stalled) {
      return "Look at "
          + waitedFor()
          + ": it must run and be reached. If it is lost for good, two"
          + " officers may void the draw.";
    }
    return draw.known().isEmpty()
        ? "Ask again in a moment; if it stays, look at `elottery explain " + shardName + "`."
        : ofShard.map(Trouble::next).orElse("Nothing to do.");
  }

  private List<DrawStanding.Replica> replicas() {
    List<DrawStanding.Replica> replicas = new ArrayList<>();
    shard.ifPresent(
        each ->
            each.replicas()
                .forEach(
                    server ->
                        replicas.add(
                            new DrawStanding.Replica(
                                server.name(),
                                judgement(server)
                                    .map(is -> is.verdict().name())
                                    .orElse("UNKNOWN")))));
    return replicas;
  }

  private Optional<Judgement> judgement(NodeId server) {
    return picture.view().workers().stream()
        .map(worker -> worker.judgement())
        .filter(is -> is.worker().equals(server))
        .findFirst();
  }
}
