package io.elottery.worker.mains;

import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.trunk.JoinRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.worker.disk.Disk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets this worker's first certificate: shows the token to one main after the other until one
 * accepts it. On the supervision loop.
 */
public final class Enrolling {
  private static final Logger log = LoggerFactory.getLogger(Enrolling.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NOT_REACHED_PAUSE = Duration.ofMillis(200);
  // A refusal is for a person to look at; trying again only finds out that somebody has.
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(5);

  private final NodeKeys keys;
  private final JoinToken token;
  private final List<MainAddress> mains;
  private final JoinCall call;
  private final Disk disk;
  private final NodeLoop loop;
  private final Runnable enrolled;
  private final SSLContext trust;
  private final Envelope request;
  private int attempts;
  private boolean closed;

  /**
   * @param storeId of this worker's store
   * @param enrolled told once, on the loop, when the certificate is stored
   */
  public Enrolling(
      NodeKeys keys,
      JoinToken token,
      String storeId,
      List<MainAddress> mains,
      JoinCall call,
      Disk disk,
      NodeLoop loop,
      Runnable enrolled) {
    this.keys = keys;
    this.token = token;
    this.mains = List.copyOf(mains);
    this.call = call;
    this.disk = disk;
    this.loop = loop;
    this.enrolled = enrolled;
    this.trust = NodeKeys.trustOnly(token.caFingerprint());
    this.request =
        EnrolRequest.joining(token, keys.node(), Role.WORKER, keys.signingRequest(), storeId)
            .toEnvelope();
  }

  /** Asks the next main. */
  public void attempt() {
    if (closed) {
      return;
    }
    MainAddress main = mains.get(attempts++ % mains.size());
    call.call(main.address(), trust, request, PATIENCE)
        .thenCompose(this::install)
        .whenComplete((done, problem) -> loop.post(() -> ended(main, problem)));
  }

  /** Asks no more. */
  public void close() {
    closed = true;
  }

  private CompletableFuture<EnrolReply> install(Envelope answer) {
    return disk.run(
        () -> {
          EnrolReply reply = EnrolReply.from(answer);
          keys.install(reply.chain(), token.caFingerprint());
          return reply;
        });
  }

  private void ended(MainAddress main, @Nullable Throwable problem) {
    if (problem == null) {
      log.info("{} enrolled by {}", keys.node(), main.id());
      enrolled.run();
      return;
    }
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof JoinRefused) {
      log.error("{} refuses to enrol {}: {}", main.id(), keys.node(), cause.getMessage());
      loop.after(REFUSED_PAUSE, this::attempt);
    } else {
      log.debug("{} did not enrol {}: {}", main.id(), keys.node(), cause.toString());
      loop.after(NOT_REACHED_PAUSE, this::attempt);
    }
  }
}
