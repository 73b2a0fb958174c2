package io.elottery.controller.supervision;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.triage.Moment;
import io.elottery.reports.triage.Question;
import io.elottery.reports.triage.Sighting;
import io.elottery.reports.triage.Testimony;
import io.elottery.reports.triage.Triage;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main's own eyes: probes every connected worker each round, and when one does not answer in time
 * asks its neighbours at once whether they hear it. Where no trunk is open it looks whether anybody
 * listens. On main's loop.
 *
 * <p>A worker that two connected neighbours watch is probed every second round only while it
 * answers: they tell when an impulse of it is overdue, and then it is probed at once.
 *
 * <p>In time: 200 ms, or three times the last round trip if that is longer.
 */
final class Prober {
  private static final Logger log = LoggerFactory.getLogger(Prober.class);
  private static final Envelope PROBE =
      new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]);
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final int ROUND_TRIPS = 3;
  private static final int WATCHING = 2;
  // A timer of its own that is this late makes what it found unanswered worth nothing.
  private static final Duration LATE = Duration.ofMillis(100);
  private static final List<Duration> CLOSING =
      List.of(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(150));
  private static final Duration A_TURN = Duration.ofMillis(5); // until an answer was judged on
  private static final Duration ANSWER = Duration.ofMillis(1_500);

  private final Supervisor.Ports ports;
  private final Duration timeout;
  private final Duration moment;
  private final Triage triage;
  private final BooleanSupplier watches;
  private final Runnable judgeSoon;
  private final Map<NodeId, Duration> roundTrips = new HashMap<>();
  private final Map<NodeId, Long> probedNanos = new HashMap<>(); // when last
  private final Set<NodeId> owing = new HashSet<>(); // an answer; they are probed each round
  private boolean restsThisRound;

  /**
   * @param moment how long after an answer it may take effect
   * @param watches whether this main watches any half
   * @param judgeSoon called when something was seen that may change a verdict
   */
  Prober(
      Supervisor.Ports ports,
      Duration interval,
      Duration moment,
      Triage triage,
      BooleanSupplier watches,
      Runnable judgeSoon) {
    this.ports = ports;
    this.timeout = interval.multipliedBy(2);
    this.moment = moment;
    this.triage = triage;
    this.watches = watches;
    this.judgeSoon = judgeSoon;
  }

  /** Whether the worker may be probed now because a neighbour misses an impulse. */
  boolean mayHurry(NodeId worker, SortedSet<NodeId> connected) {
    Long last = probedNanos.get(worker);
    return watches.getAsBoolean()
        && connected.contains(worker)
        && (last == null || ports.loop().time().nanos() - last >= PATIENCE.toNanos());
  }

  /** Probes it now. */
  void hurry(RosterWorker worker, SortedSet<NodeId> connected) {
    probe(worker, connected);
  }

  /** One round, while this main watches any half. */
  void round(List<RosterWorker> workers, SortedSet<NodeId> connected) {
    restsThisRound = !restsThisRound;
    probe(workers, connected, restsThisRound);
  }

  /** All of them now, while this main watches any half. */
  void probe(List<RosterWorker> workers, SortedSet<NodeId> connected) {
    probe(workers, connected, false);
  }

  private void probe(List<RosterWorker> workers, SortedSet<NodeId> connected, boolean rests) {
    if (!watches.getAsBoolean()) {
      return;
    }
    for (RosterWorker worker : workers) {
      if (connected.contains(worker.id())) {
        if (!rests || owing.contains(worker.id()) || !isWatched(worker, connected)) {
          probe(worker, connected);
        }
      } else {
        owing.remove(worker.id());
        checkRefused(worker.id(), connected);
        if (isDoubted(worker.id())) {
          ask(worker, connected);
        }
      }
    }
  }

  private static boolean isWatched(RosterWorker worker, SortedSet<NodeId> connected) {
    int watching = 0;
    for (NodeId neighbour : worker.neighbours()) {
      watching += connected.contains(neighbour) ? 1 : 0;
    }
    return watching >= WATCHING;
  }

  private void probe(RosterWorker worker, SortedSet<NodeId> connected) {
    NodeId id = worker.id();
    long sent = ports.loop().time().nanos();
    probedNanos.put(id, sent);
    CompletableFuture<Envelope> probed = ports.board().call(id, PROBE, timeout);
    probed.thenAccept(answer -> answered(id, sent));
    Duration patience = patience(id);
    ports
        .loop()
        .after(
            patience,
            () -> {
              long late = ports.loop().time().nanos() - sent - patience.toNanos();
              if (!probed.isDone() && late < LATE.toNanos()) {
                missed(worker, connected);
              }
            });
  }

  private void answered(NodeId id, long sent) {
    Duration roundTrip = Duration.ofNanos(ports.loop().time().nanos() - sent);
    roundTrips.put(id, roundTrip);
    owing.remove(id);
    triage.observe(new Sighting(id, Sighting.Kind.ANSWERED, roundTrip), now());
  }

  private void missed(RosterWorker worker, SortedSet<NodeId> connected) {
    owing.add(worker.id());
    triage.observe(new Sighting(worker.id(), Sighting.Kind.MISSED), now());
    ask(worker, connected);
  }

  // Who is known to be dead needs no more questions, nor who never lived.
  private boolean isDoubted(NodeId worker) {
    Optional<Judgement> known = triage.judgement(worker);
    return known.map(Judgement::verdict).filter(Verdict.SUSPECT::equals).isPresent()
        || known.flatMap(Judgement::behind).isPresent();
  }

  private void ask(RosterWorker worker, SortedSet<NodeId> connected) {
    Envelope question = new Question(worker.id()).envelope();
    for (NodeId neighbour : worker.neighbours()) {
      if (connected.contains(neighbour)) {
        ports
            .board()
            .call(neighbour, question, ANSWER)
            .thenAccept(answer -> testified(neighbour, worker.id(), answer));
      }
    }
  }

  private void testified(NodeId observer, NodeId about, Envelope answer) {
    try {
      // Who answers lives, whatever it says.
      triage.observe(new Sighting(observer, Sighting.Kind.SPOKE), now());
      boolean heard = Question.heard(answer);
      triage.observe(new Testimony(observer, about, heard), now());
      judgeSoon.run();
      if (!heard) {
        Duration way = roundTrips.getOrDefault(about, Duration.ZERO);
        ports.loop().after(moment.plus(way).plus(A_TURN), judgeSoon);
      }
    } catch (MalformedMessage malformed) {
      log.warn("{} about {}: {}", observer, about, malformed.getMessage());
    }
  }

  /**
   * Asks whether anybody listens there now that its trunk is closed, and again a little later: the
   * sockets of a process that dies close one after the other.
   */
  void checkClosed(NodeId worker, SortedSet<NodeId> connected) {
    checkRefused(worker, connected);
    for (Duration later : CLOSING) {
      ports
          .loop()
          .after(
              later,
              () -> {
                if (!connected.contains(worker) && !isDown(worker)) {
                  checkRefused(worker, connected);
                }
              });
    }
  }

  private boolean isDown(NodeId worker) {
    return triage
        .judgement(worker)
        .map(Judgement::verdict)
        .filter(Verdict.DOWN::equals)
        .isPresent();
  }

  /** Asks the worker's machine whether anybody listens there. */
  private void checkRefused(NodeId worker, SortedSet<NodeId> connected) {
    if (!watches.getAsBoolean()) {
      return;
    }
    Optional<Address> address = ports.addressOf().apply(worker);
    if (address.isEmpty()) {
      return;
    }
    ports
        .reach()
        .refuses(address.get())
        .thenAccept(
            refuses -> {
              if (refuses) {
                ports.loop().post(() -> refused(worker, connected));
              }
            });
  }

  private void refused(NodeId worker, SortedSet<NodeId> connected) {
    if (!connected.contains(worker)) {
      triage.observe(new Sighting(worker, Sighting.Kind.REFUSED), now());
      judgeSoon.run();
    }
  }

  private Duration patience(NodeId id) {
    long usual = ROUND_TRIPS * roundTrips.getOrDefault(id, Duration.ZERO).toNanos();
    return usual > PATIENCE.toNanos() ? Duration.ofNanos(usual) : PATIENCE;
  }

  private Moment now() {
    return Moment.of(ports.loop().time());
  }
}
