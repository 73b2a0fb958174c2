package io.elottery.controller.supervision;

import io.elottery.controller.peers.MainKinds;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Rejections;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.intake.IntakeQueue;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ReportHead;
import java.util.Collection;
import java.util.Optional;

/**
 * Takes reports of workers and copies of other mains. Of one that comes no more than its head is
 * read; it waits, unread, in a bounded queue by priority, and is read a slice at a time, so that a
 * flood costs little and leaves the loop to others. A critical one is read at once. A sender is
 * answered when its report was read, or refused when it had to give way: it keeps it and offers it
 * again. On main's loop.
 */
final class ReportIntake {
  private static final int SLICE = 256;
  private static final int REPORT_MAX = 1 << 20;
  private static final long WAITING_MAX = 64L << 20;

  /** What is done with reports. */
  interface Taker {
    /** Whether this peer may bring that report. */
    boolean allows(Peer from, Report report);

    /** One was taken. */
    void taken(Report report);
  }

  private record Waiting(Peer from, byte[] body, Optional<CallHandler.Answer> answer) {}

  private final Switchboard board;
  private final NodeLoop loop;
  private final Collection<NodeId> mains;
  private final Taker taker;
  private final IntakeQueue<Waiting> queue;
  private boolean drainsSoon;

  /**
   * @param mains the others, who are given a copy
   */
  ReportIntake(
      Switchboard board, NodeLoop loop, Collection<NodeId> mains, int capacity, Taker taker) {
    this.board = board;
    this.loop = loop;
    this.mains = mains;
    this.taker = taker;
    this.queue = new IntakeQueue<>(capacity, WAITING_MAX);
  }

  void start() {
    board
        .serve(
            ReportsKinds.REPORT,
            ReportsKinds.REPORT_VERSION,
            (from, request, answer) -> arrived(from, request.body(), Optional.of(answer)))
        .on(MainKinds.REPORT_COPY, ReportsKinds.REPORT_VERSION, this::copy);
  }

  /** How many of this priority were turned away so far. */
  long dropped(Priority priority) {
    return queue.dropped(priority);
  }

  /** How many wait. */
  int waiting() {
    return queue.size();
  }

  private void copy(Peer from, Envelope envelope) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
    arrived(from, envelope.body(), Optional.empty());
  }

  private void arrived(Peer from, byte[] body, Optional<CallHandler.Answer> answer) {
    Priority priority;
    try {
      if (body.length > REPORT_MAX) {
        throw new MalformedMessage("report of " + body.length + " bytes: at most " + REPORT_MAX);
      }
      priority = ReportHead.peek(body).priority();
    } catch (MalformedMessage malformed) {
      refuse(new Waiting(from, body, answer), "MALFORMED", malformed);
      return;
    }
    for (Waiting away : queue.offer(priority, body.length, new Waiting(from, body, answer))) {
      away.answer.ifPresent(to -> to.refuse("BUSY", "too many reports wait; offer it again"));
    }
    if (priority == Priority.CRITICAL) {
      take(Priority.CRITICAL);
    }
    drainSoon();
  }

  private void drainSoon() {
    if (!drainsSoon && queue.size() > 0) {
      drainsSoon = loop.post(this::drain);
    }
  }

  private void drain() {
    drainsSoon = false;
    take(Priority.ROUTINE);
    drainSoon();
  }

  private void take(Priority atLeast) {
    for (int i = 0; i < SLICE; i++) {
      Optional<Waiting> next = queue.poll(atLeast);
      if (next.isEmpty()) {
        return;
      }
      read(next.get());
    }
  }

  private void read(Waiting waiting) {
    Report report;
    try {
      report = Report.unpack(waiting.body);
    } catch (MalformedMessage malformed) {
      refuse(waiting, "MALFORMED", malformed);
      return;
    }
    if (waiting.answer.isPresent()) {
      if (!taker.allows(waiting.from, report)) {
        waiting
            .answer
            .get()
            .refuse("NOT_ALLOWED", waiting.from + " may not report for " + report.worker());
        return;
      }
      waiting
          .answer
          .get()
          .reply(new Envelope(ReportsKinds.REPORT_TAKEN, ReportsKinds.VERSION, new byte[0]));
      Envelope copy =
          new Envelope(MainKinds.REPORT_COPY, ReportsKinds.REPORT_VERSION, waiting.body);
      mains.forEach(main -> board.send(main, copy));
    }
    taker.taken(report);
  }

  private void refuse(Waiting waiting, String code, MalformedMessage why) {
    if (waiting.answer.isPresent()) {
      waiting.answer.get().refuse(code, String.valueOf(why.getMessage()));
    } else {
      board
          .rejections()
          .add(Rejections.Why.MALFORMED, waiting.from, String.valueOf(why.getMessage()));
    }
  }
}
