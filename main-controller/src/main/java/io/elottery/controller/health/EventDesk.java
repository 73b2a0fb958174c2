package io.elottery.controller.health;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.reports.event.Event;
import io.elottery.reports.order.Lead;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network's diary. The main that acts for LEFT numbers each event under its fence, keeps it and
 * streams it to all other mains; a main that comes back is told what it lacks. Numbers are never
 * given twice: each leadership has its own fence. On main's loop.
 */
public final class EventDesk implements EventSink, Duty {
  private static final Logger log = LoggerFactory.getLogger(EventDesk.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int WAITING_MAX = 1_000;

  private final HealthPorts ports;
  private final EventLog events;
  private final EventPeers peers;
  private final Deque<Draft> waiting = new ArrayDeque<>();
  private final List<Consumer<Event>> listeners = new ArrayList<>();
  private final String sourcePrefix;
  private long recorded;
  private boolean offering;
  private OptionalLong fence = OptionalLong.empty();

  /** What was recorded and not yet numbered. */
  record Draft(String source, Priority severity, String code, String subject, String text) {}

  /** Reads this main's own events; waits for the disk. */
  public EventDesk(HealthPorts ports) {
    this.ports = ports;
    events = EventLog.open(ports.dir().resolve("events.log"), ports.disk());
    peers = new EventPeers(ports, events, this::number, this::added);
    // A restarted main counts anew: its start tells its events from those before.
    sourcePrefix = ports.self() + "/" + ports.loop().time().now().toEpochMilli() + "/";
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    peers.start();
    ports.loop().every(AGAIN, this::offerNext);
  }

  /** Told of every event, own or streamed, once, on the loop. */
  public void tell(Consumer<Event> listener) {
    listeners.add(listener);
  }

  /** A trunk opened. */
  public void connected(Peer peer) {
    if (peer.role() == Role.MAIN) {
      peers.catchUp(peer.id());
    }
  }

  @Override
  public void record(Priority severity, String code, String subject, String text) {
    Draft draft = new Draft(sourcePrefix + ++recorded, severity, code, subject, text);
    if (number(draft)) {
      return;
    }
    if (waiting.size() >= WAITING_MAX) {
      Draft lost = waiting.poll();
      log.error("{} events wait for a main that acts for LEFT; lost: {}", WAITING_MAX, lost);
    }
    waiting.add(draft);
    offerNext();
  }

  @Override
  public void begin(Hemisphere hemisphere, long newFence) {
    if (hemisphere == Hemisphere.LEFT) {
      fence = OptionalLong.of(newFence);
      ports.mains().forEach(peers::catchUp);
      for (Draft draft = waiting.poll(); draft != null; draft = waiting.poll()) {
        number(draft);
      }
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      fence = OptionalLong.empty();
    }
  }

  /** All kept, newest first. */
  List<Event> newestFirst() {
    return events.newestFirst().stream().map(Noted::event).toList();
  }

  /** Those after the number that are at least so severe, ascending, at most so many. */
  List<Event> after(long number, Priority least, int most) {
    return events.after(number).stream()
        .map(Noted::event)
        .filter(event -> event.severity().compareTo(least) <= 0)
        .limit(most)
        .toList();
  }

  /** The newest that are at least so severe, ascending, at most so many. */
  List<Event> newest(Priority least, int most) {
    List<Event> newest =
        new ArrayList<>(
            events.newestFirst().stream()
                .map(Noted::event)
                .filter(event -> event.severity().compareTo(least) <= 0)
                .limit(most)
                .toList());
    Collections.reverse(newest);
    return newest;
  }

  // False when this main may not: it does not act for LEFT.
  private boolean number(Draft draft) {
    if (fence.isEmpty() || !ports.halves().coordinates()) {
      return false;
    }
    if (events.knows(draft.source())) {
      return true;
    }
    long first = fence.getAsLong() * Event.UNDER_ONE_FENCE;
    long number = Math.max(events.highest(fence.getAsLong()), first) + 1;
    Noted noted =
        new Noted(
            new Event(
                number,
                ports.loop().time().now(),
                draft.severity(),
                draft.code(),
                draft.subject(),
                draft.text()),
            draft.source());
    if (events.add(noted)) {
      peers.stream(noted);
      added(noted.event());
    }
    return true;
  }

  private void added(Event event) {
    log.debug("event {} {} {}: {}", event.number(), event.code(), event.subject(), event.text());
    listeners.forEach(listener -> listener.accept(event));
  }

  // One after the other, so that they keep their order; one leaves once it is numbered.
  private void offerNext() {
    Draft next = waiting.peek();
    Optional<NodeId> leader = ports.halves().lead(Hemisphere.LEFT).map(Lead::leader);
    if (next == null || offering || leader.isEmpty() || leader.get().equals(ports.self())) {
      return;
    }
    offering = true;
    peers
        .offer(leader.get(), next)
        .whenComplete(
            (taken, problem) -> {
              offering = false;
              if (problem == null) {
                waiting.remove(next);
                offerNext();
              }
            });
  }
}
