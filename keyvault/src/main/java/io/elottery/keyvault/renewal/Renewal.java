package io.elottery.keyvault.renewal;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a server's certificate once half of its time is over, for the key it has.
 *
 * <pre>
 *   RESTING --look, before half------------> RESTING (looks again in {@link #LOOK_PERIOD})
 *   RESTING --look, past half--------------> ASKING
 *   ASKING  --granted and on the disk------> RESTING
 *   ASKING  --refused, not reached, other--> RESTING (asks again after a pause that doubles)
 * </pre>
 *
 * <p>Nothing that runs is interrupted: connections that are up go on, newer ones show the newer
 * certificate, because {@link NodeKeys#sslContext()} is asked for each of them. On the server's
 * loop; only the file is written on the disk's thread.
 */
public final class Renewal {
  /** Between two looks at a certificate that needs nothing. */
  public static final Duration LOOK_PERIOD = Duration.ofMinutes(10);

  /** The first pause after a failure. */
  public static final Duration PAUSE_FIRST = Duration.ofSeconds(1);

  /** Pauses double up to here; far less than the time that is left at half. */
  public static final Duration PAUSE_MAX = Duration.ofMinutes(10);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Asks a main. */
  @FunctionalInterface
  public interface Ask {
    /**
     * Carries the request to one connected main; fails when none is connected or it refuses.
     *
     * @param attempt counts up, so that another main is asked each time
     * @return completes on the loop
     */
    CompletableFuture<Envelope> ask(Envelope request, int attempt);
  }

  private static final Logger log = LoggerFactory.getLogger(Renewal.class);

  private final NodeKeys keys;
  private final Ask ask;
  private final Executor disk;
  private final NodeLoop loop;
  private Runnable renewed = () -> {};
  private Duration pause = PAUSE_FIRST;
  private int attempts;

  /**
   * Looks at nothing until started.
   *
   * @param disk where files are written
   */
  public Renewal(NodeKeys keys, Ask ask, Executor disk, NodeLoop loop) {
    this.keys = keys;
    this.ask = ask;
    this.disk = disk;
    this.loop = loop;
  }

  /** Asks the mains that are connected in turn, over their trunks. */
  public static Ask over(Switchboard board, Supplier<List<NodeId>> connectedMains) {
    return (request, attempt) -> {
      List<NodeId> mains = connectedMains.get();
      return mains.isEmpty()
          ? CompletableFuture.failedFuture(new IllegalStateException("no main is connected"))
          : board.call(mains.get(attempt % mains.size()), request, PATIENCE);
    };
  }

  /** Does this, too, after each renewal, on the disk's thread; before the start. */
  public Renewal then(Runnable task) {
    renewed = task;
    return this;
  }

  /** Looks from now on; on the loop. */
  public void start() {
    look();
  }

  private void look() {
    Optional<CertificateAge> age = keys.certificate().map(CertificateAge::of);
    if (age.isPresent() && age.get().isDue(loop.time().now())) {
      request();
    } else {
      loop.after(LOOK_PERIOD, this::look);
    }
  }

  private void request() {
    Envelope request =
        EnrolRequest.renewing(keys.node(), keys.role(), keys.signingRequest()).toEnvelope();
    ask.ask(request, attempts++)
        .thenAcceptAsync(this::install, disk)
        .whenComplete((done, problem) -> loop.execute(() -> ended(problem)));
  }

  private void install(Envelope answer) {
    try {
      keys.install(EnrolReply.from(answer).chain());
      renewed.run();
    } catch (MalformedMessage | CertificateRefused | KeyStoreUnreadable unusable) {
      throw new CompletionException(unusable);
    }
  }

  private void ended(@Nullable Throwable problem) {
    if (problem == null) {
      pause = PAUSE_FIRST;
      loop.after(LOOK_PERIOD, this::look);
      return;
    }
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    say(String.valueOf(cause.getMessage()));
    loop.after(pause, this::look);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
  }

  private void say(String why) {
    X509Certificate held = keys.certificate().orElseThrow();
    Instant now = loop.time().now();
    String text = "{}'s certificate, good until {}, is not renewed: {}; asked again in {}";
    Instant until = held.getNotAfter().toInstant();
    if (CertificateAge.of(held).at(now) == CertificateAge.Standing.RED) {
      log.error(text, keys.node(), until, why, pause);
    } else {
      log.warn(text, keys.node(), until, why, pause);
    }
  }
}
