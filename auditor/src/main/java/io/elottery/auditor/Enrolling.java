package io.elottery.auditor;

import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.trunk.JoinRefused;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the auditor's first certificate: shows its token to one main after the other until one
 * accepts it. On the auditor's loop.
 */
final class Enrolling {
  private static final Logger log = LoggerFactory.getLogger(Enrolling.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NOT_REACHED_PAUSE = Duration.ofMillis(200);
  // A refusal is for a person to look at; trying again only finds out that somebody has.
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(5);

  private final NodeKeys keys;
  private final AuditorConfig config;
  private final JoinCall call;
  private final NodeLoop loop;
  private final Runnable enrolled;
  private final Optional<JoinToken> token; // Empty: there is a certificate already.
  private int attempts;

  /**
   * @param enrolled told once, on the loop, when there is a certificate
   * @throws IllegalStateException when a token is needed and there is none
   */
  Enrolling(NodeKeys keys, AuditorConfig config, JoinCall call, NodeLoop loop, Runnable enrolled) {
    this.keys = keys;
    this.config = config;
    this.call = call;
    this.loop = loop;
    this.enrolled = enrolled;
    this.token =
        keys.certificate().isPresent() ? Optional.empty() : Optional.of(token(keys, config));
  }

  /** Enrols if need be. */
  void begin() {
    token.ifPresentOrElse(this::attempt, enrolled);
  }

  private static JoinToken token(NodeKeys keys, AuditorConfig config) {
    Path file =
        config
            .enrolToken()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        keys.node()
                            + " has no certificate: enrol.token-file must name the file of its join"
                            + " token"));
    try {
      return JoinToken.parse(Files.readString(file));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalStateException("no join token can be read from " + file, unreadable);
    }
  }

  private void attempt(JoinToken token) {
    MainAddress main = config.mains().get(attempts++ % config.mains().size());
    Envelope request =
        EnrolRequest.joining(token, keys.node(), Role.AUDITOR, keys.signingRequest(), "")
            .toEnvelope();
    call.call(main.address(), NodeKeys.trustOnly(token.caFingerprint()), request, PATIENCE)
        .whenComplete((answer, problem) -> loop.post(() -> answered(token, main, answer, problem)));
  }

  private void answered(
      JoinToken token, MainAddress main, @Nullable Envelope answer, @Nullable Throwable problem) {
    if (answer != null) {
      try {
        keys.install(EnrolReply.from(answer).chain(), token.caFingerprint());
        log.info("{} enrolled by {}", keys.node(), main.id());
        enrolled.run();
        return;
      } catch (MalformedMessage | CertificateRefused | KeyStoreUnreadable refused) {
        log.error("{}'s certificate from {} not kept", keys.node(), main.id(), refused);
      }
    }
    if (problem instanceof JoinRefused || answer != null) {
      log.error("{} does not enrol {}: {}", main.id(), keys.node(), String.valueOf(problem));
      loop.after(REFUSED_PAUSE, () -> attempt(token));
    } else {
      log.debug("{} did not enrol {}: {}", main.id(), keys.node(), String.valueOf(problem));
      loop.after(NOT_REACHED_PAUSE, () -> attempt(token));
    }
  }
}
