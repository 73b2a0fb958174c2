package io.elottery.controller.votes;

import io.elottery.controller.health.EventSink;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.vote.Ballot;
import io.elottery.ledger.vote.Said;
import io.elottery.ledger.vote.VoteReport;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Judges copies that answered otherwise than most. Gateways tell what they saw; after three wrong
 * answers in a row main repeats the comparison over all copies itself and, where the copy is wrong
 * there too, has it exchanged: one of a shard at a time, and only while four others were right. The
 * main that acts for LEFT does; everything is recorded. On main's loop.
 */
public final class AnswerDesk {
  /** So many wrong answers in a row make main look itself. */
  public static final int ROW = 3;

  /** So many others must have answered right before a copy is exchanged. */
  public static final int OTHERS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SILENT_EVERY = Duration.ofMinutes(1);

  /** Asks every copy the same; empty when the question was not answered. */
  @FunctionalInterface
  public interface Comparison {
    /** Never completes exceptionally. On main's loop. */
    CompletableFuture<Optional<Ballot>> compare(String actorKey, byte[] query, Duration within);
  }

  /**
   * What it stands on.
   *
   * @param leads whether this main acts for a half
   * @param comparison over main's own mailroom
   * @param down whether the server is known to be away: then its silence is no news
   */
  public record Ports(
      Switchboard board,
      Time time,
      Predicate<Hemisphere> leads,
      Comparison comparison,
      Predicate<NodeId> down,
      EventSink events,
      CopyExchange exchange) {}

  private final Ports ports;
  private final Set<ShardId> comparing = new HashSet<>();
  private final Map<String, Long> silentSince = new TreeMap<>(); // bounded by shards × servers

  /** Does nothing until started. */
  public AnswerDesk(Ports ports) {
    this.ports = ports;
  }

  /** Listens to gateways. */
  public void start() {
    ports.board.on(LedgerKinds.VOTE_REPORT, this::reported);
  }

  private void reported(Peer from, Envelope envelope) throws MalformedMessage {
    VoteReport report = VoteReport.of(envelope);
    if (from.role() != Role.GATEWAY) {
      throw new MalformedMessage(from + " is no gateway");
    }
    if (!ports.leads.test(Hemisphere.LEFT)) {
      return;
    }
    boolean row = false;
    for (Map.Entry<NodeId, Said> one : report.odd().entrySet()) {
      NodeId server = one.getKey();
      if (one.getValue() == Said.SILENT) {
        silent(report.shard(), server, from);
      } else {
        int times = report.rows().getOrDefault(server, 1);
        row |= times >= ROW;
        if (times <= ROW) {
          ports.events.record(
              Priority.WARNING,
              "COPY_WRONG",
              report.shard().toString(),
              "The copy on "
                  + server
                  + " answered otherwise than most at "
                  + from.id()
                  + ", "
                  + times
                  + " in a row. Players got what most copies say.");
        }
      }
    }
    if (row) {
      compare(report);
    }
  }

  // Once a minute for each: a dead server's copies are silent at every vote until it is known.
  private void silent(ShardId shard, NodeId server, Peer from) {
    long now = ports.time.nanos();
    Long before = silentSince.get(shard + "/" + server);
    if (ports.down.test(server) || (before != null && now - before < SILENT_EVERY.toNanos())) {
      return;
    }
    silentSince.put(shard + "/" + server, now);
    ports.events.record(
        Priority.WARNING,
        "COPY_SILENT",
        shard.toString(),
        "The copy on "
            + server
            + " did not answer "
            + from.id()
            + " in time; perhaps it crashed. The others answered.");
  }

  private void compare(VoteReport report) {
    if (!comparing.add(report.shard())) {
      return;
    }
    ports
        .comparison
        .compare(report.actorKey(), report.query(), PATIENCE)
        .whenComplete(
            (ballot, problem) -> {
              comparing.remove(report.shard());
              if (problem == null) {
                compared(report, ballot);
              }
            });
  }

  private void compared(VoteReport report, Optional<Ballot> ballot) {
    Map<NodeId, Said> said = ballot.map(Ballot::said).orElse(Map.of());
    long right = said.values().stream().filter(Said.RIGHT::equals).count();
    for (NodeId server : report.rows().keySet()) {
      if (report.rows().get(server) >= ROW && said.get(server) == Said.WRONG) {
        judged(report.shard(), server, right);
      }
    }
  }

  private void judged(ShardId shard, NodeId server, long right) {
    String found =
        "Main asked all copies itself: the one on "
            + server
            + " is wrong, "
            + right
            + " others agree. ";
    if (right < OTHERS) {
      ports.events.record(
          Priority.CRITICAL,
          "COPY_LIES",
          shard.toString(),
          found + "It is exchanged once " + OTHERS + " others answer right.");
    } else {
      ports.events.record(
          Priority.CRITICAL, "COPY_LIES", shard.toString(), found + "It is exchanged now.");
      ports.exchange.exchange(shard, server, "it answered otherwise than " + right + " others");
    }
  }
}
