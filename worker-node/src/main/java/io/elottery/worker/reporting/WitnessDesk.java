package io.elottery.worker.reporting;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.heartbeat.impulse.NeighbourView;
import io.elottery.heartbeat.impulse.OverdueListener;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.triage.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a neighbour at once when main asks: calls it over the link and says whether it answered
 * or sent an impulse meanwhile. Not heard is said only of one that also owes an impulse, and never
 * by a worker that doubts itself; it is taken back as soon as the neighbour is heard after all. On
 * the supervision loop.
 */
public final class WitnessDesk {
  private static final Duration PATIENCE_MIN = Duration.ofMillis(200);
  private static final Duration PATIENCE_MAX = Duration.ofSeconds(1);
  private static final int ROUND_TRIPS = 4;
  private static final double OVERDUE_GAPS = 1.25; // a quarter more than usual is no jitter
  private static final Duration LOOK_AGAIN = Duration.ofMillis(25);
  private static final Envelope PROBE =
      new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]);
  private static final Envelope PROBED =
      new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0]);

  private final ImpulseExchange impulses;
  private final Switchboard neighbours;
  private final Timers timers;
  // What came of each over the work connection, counted; as many as there are links.
  private final Map<NodeId, Long> met = new HashMap<>();
  // Said to be overdue, and not heard since.
  private final Set<NodeId> late = new HashSet<>();

  /**
   * @param neighbours calls over the work connections of neighbour links
   */
  public WitnessDesk(ImpulseExchange impulses, Switchboard neighbours, Timers timers) {
    this.impulses = impulses;
    this.neighbours = neighbours;
    this.timers = timers;
  }

  /**
   * Answers mains who ask, and neighbours who were asked; tells mains when it may be time to ask.
   *
   * @param heard the mains that hear this worker
   */
  public void serve(Switchboard mains, Supplier<List<NodeId>> heard) {
    Consumer<Overdue> tell =
        overdue -> heard.get().forEach(main -> mains.send(main, overdue.envelope()));
    impulses.whenOverdue(
        new OverdueListener() {
          @Override
          public void overdue(NodeId neighbour) {
            late.add(neighbour);
            tell.accept(new Overdue(neighbour, true));
          }

          @Override
          public void heardAgain(NodeId neighbour) {
            takeBack(neighbour, tell);
          }
        });
    mains.serve(ReportsKinds.ASK, this::asked);
    neighbours.serve(ReportsKinds.PROBE, (from, request, answer) -> answer.reply(PROBED));
    neighbours.onAny(
        from -> {
          met.merge(from.id(), 1L, Long::sum);
          takeBack(from.id(), tell);
        });
  }

  private void takeBack(NodeId heard, Consumer<Overdue> tell) {
    if (late.remove(heard)) {
      tell.accept(new Overdue(heard, false));
    }
  }

  private void asked(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains ask");
      return;
    }
    try {
      NodeId about = Question.parse(request.body()).about();
      Optional<NeighbourView> view = impulses.view(about);
      if (view.isEmpty()) {
        answer.refuse("NOT_NEIGHBOUR", about + " is no neighbour");
        return;
      }
      look(about, view.get(), answer);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", "not a question: " + malformed.getMessage());
    }
  }

  private void look(NodeId about, NeighbourView before, CallHandler.Answer answer) {
    Duration patience = patience(before.roundTrip());
    long signs = signs(about, before);
    neighbours
        .call(about, PROBE, patience)
        .whenComplete(
            (probed, problem) -> {
              if (notSent(problem)) {
                timers.after(patience, () -> reply(about, signs, false, answer));
              } else {
                reply(about, signs, answered(problem), answer);
              }
            });
  }

  private void reply(NodeId about, long before, boolean answered, CallHandler.Answer answer) {
    Optional<NeighbourView> now = impulses.view(about);
    boolean heard = answered || now.map(view -> signs(about, view) > before).orElse(false);
    if (heard) {
      answer.reply(Question.answer(true));
    } else if (impulses.doubtful() || now.isEmpty()) {
      answer.refuse("DOUBTFUL", "own timers were late");
    } else if (now.get().silence() < OVERDUE_GAPS) {
      // The call may be lost one way only; the impulse that is due soon decides.
      timers.after(LOOK_AGAIN, () -> reply(about, before, false, answer));
    } else {
      answer.reply(Question.answer(false));
    }
  }

  // Impulses, and answers to earlier calls that came too late for them.
  private long signs(NodeId about, NeighbourView view) {
    return view.heard() + met.getOrDefault(about, 0L);
  }

  // A refusal is an answer too: somebody is there.
  private static boolean answered(@Nullable Throwable problem) {
    return problem == null
        || (problem instanceof CallFailed failed && failed.why() == CallFailed.Why.REFUSED);
  }

  private static boolean notSent(@Nullable Throwable problem) {
    return problem instanceof CallFailed failed && failed.why() == CallFailed.Why.NOT_SENT;
  }

  private static Duration patience(Duration roundTrip) {
    Duration wanted = roundTrip.multipliedBy(ROUND_TRIPS);
    if (wanted.compareTo(PATIENCE_MIN) < 0) {
      return PATIENCE_MIN;
    }
    return wanted.compareTo(PATIENCE_MAX) > 0 ? PATIENCE_MAX : wanted;
  }
}
