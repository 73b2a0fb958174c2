package io.elottery.deploy.supervision;

import io.elottery.foundation.transport.Rejections;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import java.time.Duration;
import java.util.Set;

/**
 * DESIGN section 7, invariants 5 and 8: each second, every critical fact that no main has is still
 * being offered; in the end nothing stays behind of the trouble in any queue.
 */
final class Remains {
  private static final Duration LOOK = Duration.ofSeconds(1);
  // In two round trips and a second of patience there may be three probes of each worker.
  private static final int CALLS_EACH = 4;
  private static final int TIMERS_EACH = 12;
  private static final int ALWAYS = 40;
  // What a server says to another that did nothing wrong. NOT_DONE: a test it is still at, asked
  // for again by the next leader or because its first answer was lost.
  private static final Set<String> CODES =
      Set.of("BUSY", "NO_MAIN", "NOT_TAKEN", "DOUBTFUL", "NOT_NEIGHBOUR", "OLD_FENCE", "NOT_DONE");

  private final Town town;

  /** What it could not take; answers that came too late are no wonder. */
  static long unread(Switchboard board) {
    return board.dropped() - board.rejections().count(Rejections.Why.STALE);
  }

  Remains(Town town) {
    this.town = town;
    town.world.after(LOOK, this::look);
  }

  /** A refusal has one of the codes there are, and the code is for this. */
  static void checkRefusal(Envelope envelope) {
    try {
      WireReader in = new WireReader(envelope.body());
      in.u8();
      in.i64();
      String code = in.text();
      if (!CODES.contains(code)) {
        throw new AssertionError("refused with " + code + ": " + in.text());
      }
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void look() {
    for (SimWorker worker : town.workers.values()) {
      worker
          .process()
          .ifPresent(
              run -> {
                long start = worker.node.starts();
                int open = town.criticals.missing(worker.id, start);
                int offered = Criticals.facts(run.reports.waiting());
                if (open > offered) {
                  throw town.world.failure(
                      worker.id
                          + ": "
                          + open
                          + " critical facts have come to no main, and it offers "
                          + offered,
                      null);
                }
              });
    }
    town.world.after(LOOK, this::look);
  }

  /** After a long calm. */
  void check() {
    int each = town.workers.size();
    for (SimMain main : town.mains.values()) {
      main.process()
          .ifPresent(
              run -> {
                few(
                    main.id + " waits for answers",
                    run.board.underWay(),
                    ALWAYS + each * CALLS_EACH);
                few(main.id + "'s timers", run.loop.timersSet(), ALWAYS + each * TIMERS_EACH);
                few(main.id + "'s intake", run.supervisor.waitingReports(), ALWAYS + each);
                few(main.id + "'s tasks", run.loop.queued(), ALWAYS + each * CALLS_EACH);
                few(main.id + " could not read", unread(run.board), 0);
              });
    }
    for (SimWorker worker : town.workers.values()) {
      int links = worker.neighbours.size() + town.mains.size();
      worker
          .process()
          .ifPresent(
              run -> {
                few(worker.id + " waits for answers", run.underWay(), ALWAYS + links * CALLS_EACH);
                few(worker.id + "'s timers", run.loop.timersSet(), ALWAYS + links * TIMERS_EACH);
                few(worker.id + "'s outbox", run.reports.waiting().size(), 1);
                few(worker.id + "'s tasks", run.loop.queued(), ALWAYS + links * CALLS_EACH);
                few(worker.id + " could not read", run.dropped(), 0);
              });
    }
  }

  private void few(String what, long count, int most) {
    if (count > most) {
      throw town.world.failure(what + ": " + count + " after the calm, at most " + most, null);
    }
  }
}
