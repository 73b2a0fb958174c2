package io.elottery.heartbeat.registry.seats;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election. Whatever happens, a watch or a second's passing, leads to one thing: look at the
 * seats of both hemispheres and take the step they call for.
 *
 * <pre>
 *   seat vacant, leads nothing                        take it with a fence, elected
 *   seat vacant, leads the other, nobody else stands  the same
 *   seat vacant, another one named who stands         waits {@value #NAMED_PATIENCE_MILLIS} ms
 *   seat its session's, does not lead                 take a newer fence, elected
 *   leads, but servers saw fences above the count     the same
 *   leads both, somebody else stands for one of them  deposed, give that one up
 *   leads, but the seat is not its session's          deposed
 *   session lost                                      deposed
 * </pre>
 *
 * <p>What was asked in a session that is lost meanwhile counts for nothing. On its loop; the calls
 * of {@link Election} and {@link #changed} may be made on any thread.
 */
public final class SeatElection implements Election {
  private static final Logger log = LoggerFactory.getLogger(SeatElection.class);

  // Watches tell of changes; this is for what they cannot: a fence or a node that was not obtained.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMillis(50);
  private static final long NAMED_PATIENCE_MILLIS = 1_500;

  private final NodeId self;
  private final Seats seats;
  private final NodeLoop loop;
  private final BooleanSupplier connected;
  private final LongSupplier highestFence;
  private final Map<Hemisphere, Seat> standing = new EnumMap<>(Hemisphere.class);
  // Resigned, but the nodes may still be there.
  private final Set<Hemisphere> leaving = EnumSet.noneOf(Hemisphere.class);
  // Since when a seat is vacant that another one shall get.
  private final Map<Hemisphere, Long> vacantSince = new EnumMap<>(Hemisphere.class);
  // Who stood at the last look, for both hemispheres, whether this server stands or not. Read by
  // any thread.
  private final Map<Hemisphere, List<NodeId>> lastSeen = new ConcurrentHashMap<>();
  private long sessionsLost;
  private boolean looks;
  private boolean looksAgain;

  /**
   * Looks at nothing until started.
   *
   * @param connected whether there is a session now; any thread
   * @param highestFence the highest fence that any server reported so far; any thread
   */
  public SeatElection(
      NodeId self,
      Seats seats,
      NodeLoop loop,
      BooleanSupplier connected,
      LongSupplier highestFence) {
    this.self = self;
    this.seats = seats;
    this.loop = loop;
    this.connected = connected;
    this.highestFence = highestFence;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    loop.every(LOOK_AGAIN, this::look);
    look();
  }

  /** Something under the seats may have changed, or the session is there again. */
  public void changed() {
    loop.post(this::look);
  }

  /** The session is lost. */
  public void lost() {
    loop.post(
        () -> {
          sessionsLost++;
          standing.values().forEach(Seat::deposed);
        });
  }

  @Override
  public void stand(Hemisphere hemisphere, ElectionListener listener) {
    loop.post(
        () -> {
          Seat held = standing.get(hemisphere);
          if (held != null) {
            held.listener(listener);
          } else {
            standing.put(hemisphere, new Seat(hemisphere, listener));
            leaving.remove(hemisphere);
          }
          look();
        });
  }

  @Override
  public void resign(Hemisphere hemisphere) {
    loop.post(() -> leave(hemisphere));
  }

  @Override
  public void renew(Hemisphere hemisphere) {
    loop.post(
        () -> {
          Optional.ofNullable(standing.get(hemisphere)).ifPresent(Seat::deposed);
          look();
        });
  }

  @Override
  public void fenceSeen() {
    changed();
  }

  @Override
  public CompletableFuture<Boolean> handOver(Hemisphere hemisphere, NodeId to) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.post(
        () -> {
          OptionalLong fence = fence(hemisphere);
          if (fence.isEmpty()) {
            done.complete(false);
            return;
          }
          log.info("{}: leader of {} → candidate, handed over to {}", self, hemisphere, to);
          release(hemisphere, fence.getAsLong(), Optional.of(to))
              .whenComplete(
                  (given, problem) -> {
                    if (problem == null) {
                      done.complete(true);
                    } else {
                      done.completeExceptionally(problem);
                    }
                    look();
                  });
        });
    return done;
  }

  @Override
  public List<NodeId> candidates(Hemisphere hemisphere) {
    return lastSeen.getOrDefault(hemisphere, List.of());
  }

  /** Gives up all it has; completes when the registry knows, or did not answer. */
  public CompletableFuture<Void> end() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.post(
        () -> {
          standing.values().forEach(Seat::deposed);
          leaving.addAll(standing.keySet());
          standing.clear();
          withdrawals().whenComplete((done, problem) -> ended.complete(null));
        });
    return ended;
  }

  private void leave(Hemisphere hemisphere) {
    Seat seat = standing.remove(hemisphere);
    if (seat != null) {
      seat.deposed();
      leaving.add(hemisphere);
      look();
    }
  }

  // One look at a time: what happens during one is seen by the next.
  private void look() {
    if (looks) {
      looksAgain = true;
      return;
    }
    if (!connected.getAsBoolean()) {
      return;
    }
    looks = true;
    looksAgain = false;
    onLoop(
            withdrawals()
                .thenCompose(done -> forEach(Set.copyOf(standing.keySet()), seats::enter))
                .thenCompose(done -> halves()))
        .whenComplete(
            (done, problem) -> {
              looks = false;
              if (problem != null) {
                log.info("{}: election looks again in {}, because {}", self, LOOK_AGAIN, problem);
              } else if (looksAgain) {
                look();
              }
            });
  }

  private CompletableFuture<Void> withdrawals() {
    return forEach(
        Set.copyOf(leaving),
        hemisphere ->
            onLoop(seats.withdraw(hemisphere)).thenAccept(done -> leaving.remove(hemisphere)));
  }

  private CompletableFuture<Void> halves() {
    long lostBefore = sessionsLost;
    Map<Hemisphere, SeatView> views = new EnumMap<>(Hemisphere.class);
    return forEach(
            EnumSet.allOf(Hemisphere.class),
            hemisphere ->
                onLoop(seats.look(hemisphere)).thenAccept(view -> views.put(hemisphere, view)))
        .thenCompose(
            done -> {
              // What was seen in another session says nothing about this one.
              if (sessionsLost != lostBefore) {
                return completed();
              }
              views.forEach(this::seen);
              return forEach(views.keySet(), hemisphere -> settle(hemisphere, views))
                  .thenCompose(settled -> shareOut());
            });
  }

  private void seen(Hemisphere hemisphere, SeatView view) {
    lastSeen.put(hemisphere, view.candidates());
    Optional.ofNullable(standing.get(hemisphere))
        .ifPresent(seat -> seat.candidates(view.candidates()));
    if (view.holder() == SeatView.Holder.NOBODY && view.named().isPresent()) {
      vacantSince.putIfAbsent(hemisphere, loop.time().nanos());
    } else {
      vacantSince.remove(hemisphere);
    }
  }

  private CompletableFuture<Void> settle(Hemisphere hemisphere, Map<Hemisphere, SeatView> views) {
    SeatView view = views.get(hemisphere);
    Seat seat = standing.get(hemisphere);
    if (seat == null || view == null) {
      return completed();
    }
    switch (view.holder()) {
      case OTHER -> seat.deposed();
      case SELF -> {
        long reported = highestFence.getAsLong();
        long own = seat.fence().orElse(-1);
        if (!seat.leads() || (own < reported && view.count() < reported)) {
          return take(hemisphere, seat, view);
        }
      }
      case NOBODY, EARLIER_SELF -> {
        seat.deposed();
        if (mayTake(hemisphere, view)) {
          return take(hemisphere, seat, view);
        }
      }
    }
    return completed();
  }

  private boolean mayTake(Hemisphere hemisphere, SeatView view) {
    boolean named = view.named().filter(self::equals).isPresent();
    boolean another =
        view.named()
            .filter(next -> !next.equals(self))
            .filter(view.candidates()::contains)
            .isPresent();
    if (another && vacantMillis(hemisphere) < NAMED_PATIENCE_MILLIS) {
      return false;
    }
    return named || !leads(hemisphere.other()) || !othersStandFor(hemisphere);
  }

  private long vacantMillis(Hemisphere hemisphere) {
    long now = loop.time().nanos();
    return (now - vacantSince.getOrDefault(hemisphere, now)) / 1_000_000;
  }

  private CompletableFuture<Void> take(Hemisphere hemisphere, Seat seat, SeatView view) {
    long lostBefore = sessionsLost;
    return onLoop(seats.take(hemisphere, view, highestFence.getAsLong()))
        .thenAccept(
            fence -> {
              if (sessionsLost != lostBefore || standing.get(hemisphere) != seat) {
                return;
              }
              if (fence.isEmpty()) {
                // Somebody was faster, here or at the counter.
                loop.after(RETRY, this::look);
                return;
              }
              log.info(
                  "{}: candidate → leader of {} under fence {}",
                  self,
                  hemisphere,
                  fence.getAsLong());
              seat.elected(fence.getAsLong());
            });
  }

  /** Leading both, hands over the one taken last for which somebody else stands. */
  private CompletableFuture<Void> shareOut() {
    if (!leads(Hemisphere.LEFT) || !leads(Hemisphere.RIGHT)) {
      return completed();
    }
    Optional<Hemisphere> spare =
        standing.keySet().stream()
            .filter(this::othersStandFor)
            .max(Comparator.comparingLong(hemisphere -> fence(hemisphere).orElse(0)));
    if (spare.isEmpty()) {
      return completed();
    }
    Hemisphere hemisphere = spare.get();
    log.info("{}: leader of {} → candidate, because others stand for it", self, hemisphere);
    return release(hemisphere, fence(hemisphere).orElse(0), Optional.empty());
  }

  private CompletableFuture<Void> release(Hemisphere hemisphere, long fence, Optional<NodeId> to) {
    Optional.ofNullable(standing.get(hemisphere)).ifPresent(Seat::deposed);
    return onLoop(seats.release(hemisphere, fence, to));
  }

  private boolean leads(Hemisphere hemisphere) {
    return fence(hemisphere).isPresent();
  }

  private OptionalLong fence(Hemisphere hemisphere) {
    Seat seat = standing.get(hemisphere);
    return seat == null ? OptionalLong.empty() : seat.fence();
  }

  private boolean othersStandFor(Hemisphere hemisphere) {
    return candidates(hemisphere).stream().anyMatch(id -> !id.equals(self));
  }

  private <T> CompletableFuture<T> onLoop(CompletableFuture<T> anywhere) {
    return anywhere.whenCompleteAsync((value, problem) -> {}, loop);
  }

  // One after the other, in the order of the hemispheres.
  private CompletableFuture<Void> forEach(
      Set<Hemisphere> hemispheres, Function<Hemisphere, CompletableFuture<Void>> step) {
    CompletableFuture<Void> chain = completed();
    for (Hemisphere hemisphere : hemispheres.stream().sorted().toList()) {
      Supplier<CompletableFuture<Void>> next = () -> onLoop(step.apply(hemisphere));
      chain = chain.thenCompose(done -> next.get());
    }
    return chain;
  }

  private static CompletableFuture<Void> completed() {
    return CompletableFuture.completedFuture(null);
  }
}
