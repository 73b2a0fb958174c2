package io.elottery.auditor;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the auditor's certificate once half of its time is over. On the auditor's loop. */
final class Renewal {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final Duration LOOK_PERIOD = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeKeys keys;
  private final Switchboard board;
  private final MainContact mains;
  private final NodeLoop loop;

  Renewal(NodeKeys keys, Switchboard board, MainContact mains, NodeLoop loop) {
    this.keys = keys;
    this.board = board;
    this.mains = mains;
    this.loop = loop;
  }

  /** Looks from now on. */
  void start() {
    loop.every(LOOK_PERIOD, this::look);
  }

  private void look() {
    if (keys.certificate().filter(this::isHalfOver).isPresent()) {
      mains.anyMain().ifPresent(this::ask);
    }
  }

  private boolean isHalfOver(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Duration half = Duration.between(from, certificate.getNotAfter().toInstant()).dividedBy(2);
    return loop.time().now().isAfter(from.plus(half));
  }

  private void ask(NodeId main) {
    Envelope request =
        EnrolRequest.renewing(keys.node(), Role.AUDITOR, keys.signingRequest()).toEnvelope();
    board
        .call(main, request, PATIENCE)
        .whenComplete((answer, problem) -> answered(main, answer, problem));
  }

  private void answered(NodeId main, @Nullable Envelope answer, @Nullable Throwable problem) {
    if (answer == null) {
      log.warn("{} did not renew {}: {}", main, keys.node(), String.valueOf(problem));
      return;
    }
    try {
      keys.install(EnrolReply.from(answer).chain());
      log.info("certificate of {} renewed by {}", keys.node(), main);
    } catch (MalformedMessage | CertificateRefused | KeyStoreUnreadable refused) {
      log.error("{}'s certificate from {} not kept", keys.node(), main, refused);
    }
  }
}
