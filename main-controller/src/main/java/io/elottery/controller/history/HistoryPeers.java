package io.elottery.controller.history;

import io.elottery.controller.peers.MainKinds;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.Resolution;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A main that was away asks the others for what it missed: when a trunk to one opens, once more
 * when the minute it came back in is over, and every hour. Page by page, one call at a time. On
 * main's loop.
 */
final class HistoryPeers {
  private static final Logger log = LoggerFactory.getLogger(HistoryPeers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration MINUTE_OVER = Duration.ofSeconds(90);
  private static final int ASKS_MAX = 5_000; // A gap a bucket for a quarter, and then some.

  private final Switchboard board;
  private final NodeLoop loop;
  private final HistoryShelf shelf;
  private final Deque<NodeId> due = new ArrayDeque<>();
  private boolean busy;
  private long taken;

  HistoryPeers(Switchboard board, NodeLoop loop, HistoryShelf shelf) {
    this.board = board;
    this.loop = loop;
    this.shelf = shelf;
  }

  void start() {
    board.serve(MainKinds.HISTORY_ASK, this::asked);
  }

  /** A trunk opened. */
  void connected(Peer peer) {
    if (peer.role() == Role.MAIN) {
      loop.after(SOON, () -> catchUp(peer.id()));
      loop.after(MINUTE_OVER, () -> catchUp(peer.id()));
    }
  }

  /** Asks this main for what is missing here. */
  void catchUp(NodeId main) {
    if (!due.contains(main)) {
      due.add(main);
    }
    next();
  }

  /** Buckets taken from others so far. */
  long taken() {
    return taken;
  }

  private void next() {
    if (busy || due.isEmpty()) {
      return;
    }
    NodeId main = due.poll();
    busy = true;
    Instant now = loop.time().now();
    shelf
        .ask(files -> gaps(files, now))
        .whenComplete(
            (asks, problem) -> {
              if (problem == null) {
                ask(main, asks);
              } else {
                ended();
              }
            });
  }

  private void ask(NodeId main, Deque<HistoryAsk> asks) {
    HistoryAsk ask = asks.poll();
    if (ask == null) {
      Instant now = loop.time().now();
      shelf.act(files -> files.rollUpAll(now)).whenComplete((none, problem) -> ended());
      return;
    }
    board
        .call(main, ask.envelope(), PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              if (answer == null) {
                log.debug("{} tells no history: {}", main, String.valueOf(problem));
                ended();
              } else {
                take(main, ask, asks, answer);
              }
            });
  }

  private void take(NodeId main, HistoryAsk ask, Deque<HistoryAsk> asks, Envelope answer) {
    HistoryPage page;
    try {
      page = HistoryPage.parse(answer.body());
    } catch (MalformedMessage malformed) {
      log.warn("history of {} dropped: {}", main, malformed.getMessage());
      ended();
      return;
    }
    if (page.next().isAfter(ask.from()) && page.next().isBefore(ask.to())) {
      asks.addFirst(new HistoryAsk(ask.resolution(), page.next(), ask.to()));
    }
    shelf
        .act(files -> files.complete(page.buckets()))
        .whenComplete(
            (none, problem) -> {
              if (problem != null) {
                ended();
                return;
              }
              taken += page.buckets().size();
              ask(main, asks);
            });
  }

  private void ended() {
    busy = false;
    next();
  }

  private void asked(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains share history");
      return;
    }
    try {
      HistoryAsk ask = HistoryAsk.parse(request.body());
      Instant now = loop.time().now();
      shelf
          .ask(files -> files.page(ask, now))
          .whenComplete(
              (page, problem) -> {
                if (page == null) {
                  answer.refuse("UNREADABLE", "this main cannot read its history now");
                } else {
                  answer.reply(page.envelope());
                }
              });
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  // Buckets that ended and are not whole here, neighbouring ones together.
  private static Deque<HistoryAsk> gaps(HistoryDisk files, Instant now) throws IOException {
    Deque<HistoryAsk> asks = new ArrayDeque<>();
    for (Resolution resolution : Resolution.values()) {
      Instant end = resolution.floor(now);
      Instant begin = end.minus(resolution.kept());
      SortedMap<Instant, HealthBucket.Label> there = files.labels(resolution, begin, end);
      Instant gap = begin;
      for (HealthBucket.Label label : there.values()) {
        if (label.isWhole()) {
          add(asks, resolution, gap, label.start());
          gap = label.start().plus(resolution.length());
        }
      }
      add(asks, resolution, gap, end);
    }
    return asks;
  }

  private static void add(Deque<HistoryAsk> asks, Resolution resolution, Instant from, Instant to) {
    if (from.isBefore(to) && asks.size() < ASKS_MAX) {
      asks.add(new HistoryAsk(resolution, from, to));
    }
  }
}
