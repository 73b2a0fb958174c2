package io.elottery.worker.mains;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.worker.disk.Disk;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews this worker's certificate once half of its time is over. On the supervision loop. */
public final class Renewal {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final Duration LOOK_PERIOD = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeKeys keys;
  private final Switchboard board;
  private final MainContact mains;
  private final Disk disk;
  private final NodeLoop loop;

  /** Looks at nothing until started. */
  public Renewal(NodeKeys keys, Switchboard board, MainContact mains, Disk disk, NodeLoop loop) {
    this.keys = keys;
    this.board = board;
    this.mains = mains;
    this.disk = disk;
    this.loop = loop;
  }

  /** Looks from now on. */
  public void start() {
    loop.every(LOOK_PERIOD, this::look);
  }

  private void look() {
    if (keys.certificate().filter(this::isHalfOver).isPresent() && mains.hearsMain()) {
      ask(mains.mains().get(0));
    }
  }

  private boolean isHalfOver(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Duration half = Duration.between(from, certificate.getNotAfter().toInstant()).dividedBy(2);
    return loop.time().now().isAfter(from.plus(half));
  }

  private void ask(NodeId main) {
    EnrolRequest request = EnrolRequest.renewing(keys.node(), Role.WORKER, keys.signingRequest());
    board
        .call(main, request.toEnvelope(), PATIENCE)
        .thenCompose(this::install)
        .whenComplete(
            (done, problem) -> {
              if (problem == null) {
                log.info("certificate of {} renewed by {}", keys.node(), main);
              } else {
                log.warn("certificate of {} not renewed: {}", keys.node(), problem.getMessage());
              }
            });
  }

  private CompletableFuture<EnrolReply> install(Envelope answer) {
    return disk.run(
        () -> {
          EnrolReply reply = EnrolReply.from(answer);
          keys.install(reply.chain());
          return reply;
        });
  }
}
