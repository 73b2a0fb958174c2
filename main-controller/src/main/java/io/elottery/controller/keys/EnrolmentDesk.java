package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.peers.EnrolRelay;
import io.elottery.controller.peers.MainKinds;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.Enrolment;
import io.elottery.keyvault.forecast.KnownCertificate;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultSealed;
import io.elottery.reports.order.Lead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who asks for a certificate: itself while this main acts for LEFT, else by the main that
 * does. An asker who is refused learns only that; the reason stands in the log. On main's loop.
 */
public final class EnrolmentDesk {
  private static final Logger log = LoggerFactory.getLogger(EnrolmentDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NOT_READY = "NOT_READY";

  private final Switchboard board;
  private final NodeLoop loop;
  private final Hemispheres halves;
  private final Vault vault;
  private final Revocations revocations;
  private final Function<NodeId, List<String>> hosts;
  private final Consumer<KnownCertificate> issued;

  /**
   * Serves nothing until started.
   *
   * @param revocations whose keys get nothing any more
   * @param hosts what a server's newest certificate may be reached by
   * @param issued told of each certificate that goes out
   */
  public EnrolmentDesk(
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      Vault vault,
      Revocations revocations,
      Function<NodeId, List<String>> hosts,
      Consumer<KnownCertificate> issued) {
    this.hosts = hosts;
    this.revocations = revocations;
    this.issued = issued;
    this.board = board;
    this.loop = loop;
    this.halves = halves;
    this.vault = vault;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    board.serve(KeyvaultKinds.ENROL, this::asked).serve(MainKinds.ENROL_RELAY, this::relayed);
  }

  private void asked(Peer from, Envelope request, CallHandler.Answer answer) {
    if (halves.coordinates()) {
      enrol(from, request, answer);
      return;
    }
    // Looked at before it is passed on: whoever asks has shown no certificate yet.
    if (request.body().length > EnrolRequest.LENGTH_MAX) {
      answer.refuse("MALFORMED", "enrolment of " + request.body().length + " bytes");
      return;
    }
    Optional<NodeId> leader = halves.lead(Hemisphere.LEFT).map(Lead::leader);
    if (leader.isEmpty()) {
      answer.refuse(NOT_READY, "nobody acts for LEFT yet; ask again");
      return;
    }
    board
        .call(leader.get(), new EnrolRelay(from, request).envelope(), PATIENCE)
        .whenComplete((reply, problem) -> passOn(answer, reply, problem));
  }

  private void relayed(Peer from, Envelope envelope, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains pass enrolments on");
      return;
    }
    if (!halves.coordinates()) {
      answer.refuse(NOT_READY, "this main does not act for LEFT; ask again");
      return;
    }
    try {
      EnrolRelay relay = EnrolRelay.parse(envelope.body());
      enrol(relay.from(), relay.request(), answer);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void enrol(Peer from, Envelope envelope, CallHandler.Answer answer) {
    EnrolRequest request;
    try {
      request = EnrolRequest.from(envelope);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
      return;
    }
    Optional<Revocation> revoked = revocationOf(request);
    if (revoked.isPresent()) {
      log.warn("{}: refused, because its key is revoked since {}", request, revoked.get().since());
      answer.refuse("ENROLMENT_REFUSED", "token or certificate not accepted");
      return;
    }
    CompletableFuture<Enrolment> enrolment =
        request.isRenewal()
            ? vault.renew(from, request, hosts.apply(request.node()))
            : vault.enrol(request);
    enrolment.whenComplete(
        (outcome, problem) -> loop.post(() -> answer(request, outcome, problem, answer)));
  }

  // A malformed request is the vault's to refuse.
  private Optional<Revocation> revocationOf(EnrolRequest request) {
    try {
      return revocations.current().of(CertificateAuthority.requestedKey(request.signingRequest()));
    } catch (CertificateRefused malformed) {
      return Optional.empty();
    }
  }

  private void tell(EnrolRequest request, EnrolReply reply) {
    try {
      issued.accept(KnownCertificate.of(request.node(), request.role(), reply.chain().get(0)));
    } catch (CertificateRefused ours) {
      throw new IllegalStateException("the vault issues certificates", ours);
    }
  }

  private void answer(
      EnrolRequest request,
      @Nullable Enrolment outcome,
      @Nullable Throwable problem,
      CallHandler.Answer answer) {
    if (problem != null && VaultSealed.isBehind(problem)) {
      log.warn("{}: waits, because the vault is sealed", request);
      answer.refuse(NOT_READY, "the vault is sealed; ask again when it was opened");
      return;
    }
    if (outcome == null) {
      log.warn("{}: not decided: {}", request, String.valueOf(problem));
      answer.refuse(NOT_READY, "the vault did not answer; ask again");
      return;
    }
    outcome.match(
        new Enrolment.Cases<Boolean>() {
          @Override
          public Boolean issued(Enrolment.Issued issued) {
            log.info("{}: certificate issued for {}", request, request.role().text());
            tell(request, issued.reply());
            answer.reply(issued.reply().toEnvelope());
            return true;
          }

          @Override
          public Boolean refused(Enrolment.Refused refused) {
            log.warn("{}: refused, because {}", request, refused.why());
            answer.refuse("ENROLMENT_REFUSED", "token or certificate not accepted");
            return false;
          }
        });
  }

  private static void passOn(
      CallHandler.Answer answer, @Nullable Envelope reply, @Nullable Throwable problem) {
    if (reply != null) {
      answer.reply(reply);
    } else if (problem instanceof CallFailed failed && failed.why() == CallFailed.Why.REFUSED) {
      answer.refuse(failed.code(), "as the main that acts for LEFT says");
    } else {
      answer.refuse(NOT_READY, "the main that acts for LEFT did not answer; ask again");
    }
  }
}
