package io.elottery.controller.hemisphere;

import io.elottery.foundation.time.Time;
import io.elottery.heartbeat.registry.RegistryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This main's session with the registry, as its loop knows it, and what may be done in each state.
 *
 * <pre>
 *   CONNECTED   all
 *   SUSPENDED   a leader supervises on; orders and records wait, for another may be elected soon
 *   LOST        this main leads nothing; where no leader is heard it goes on judging, orders nothing
 * </pre>
 *
 * <p>On main's loop.
 */
public final class RegistrySession {
  /** A first connection takes a moment; only what lasts longer is an absence. */
  public static final Duration FIRST_CONNECTION = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(RegistrySession.class);

  private final Time time;
  private final List<Consumer<RegistryState>> listeners = new ArrayList<>();
  private RegistryState state;
  private Instant since;
  private long sinceNanos;
  private boolean everConnected;
  // Lost, and not had again since: trying to connect passes through SUSPENDED, too.
  private boolean lost = true;

  /** Not connected yet. */
  public RegistrySession(Time time) {
    this.time = time;
    this.state = RegistryState.LOST;
    this.since = time.now();
    this.sinceNanos = time.nanos();
  }

  /** Told of each change, on the loop. */
  public void onChange(Consumer<RegistryState> listener) {
    listeners.add(listener);
  }

  /** The registry says so. */
  public void changed(RegistryState now) {
    if (now == state) {
      return;
    }
    // An absence begins with its first doubt, not when it is certain.
    if (state == RegistryState.CONNECTED || now == RegistryState.CONNECTED) {
      since = time.now();
      sinceNanos = time.nanos();
    }
    log.info("session with the registry: {} → {}", state, now);
    state = now;
    everConnected |= now == RegistryState.CONNECTED;
    lost = now == RegistryState.LOST || (lost && now != RegistryState.CONNECTED);
    listeners.forEach(listener -> listener.accept(now));
  }

  /** The state now. */
  public RegistryState state() {
    return state;
  }

  /** Whether what this main holds is certainly its own: only then orders go out. */
  public boolean isCertain() {
    return state == RegistryState.CONNECTED;
  }

  /** How long it has not been certain; zero when it is. */
  public Duration uncertainFor() {
    return isCertain() ? Duration.ZERO : Duration.ofNanos(time.nanos() - sinceNanos);
  }

  /** Since when there is no session at all, a first connection's moment forgiven. */
  public Optional<Instant> awaySince() {
    boolean away = lost && (everConnected || uncertainFor().compareTo(FIRST_CONNECTION) > 0);
    return away ? Optional.of(since) : Optional.empty();
  }
}
