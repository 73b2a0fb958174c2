package io.elottery.lottery.party;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;

/** Answers mains that ask whether this party agrees that a draw is void. On the party's loop. */
public final class VoidAnswers implements CallHandler {
  private final VoidWitness witness;

  /** By what the witness sees. */
  public VoidAnswers(VoidWitness witness) {
    this.witness = witness;
  }

  @Override
  public void handle(Peer from, Envelope request, Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains ask parties");
      return;
    }
    try {
      VoidRequest asked = VoidRequest.parse(request.body());
      witness
          .consent(asked.draw(), asked.reason(), asked.approval())
          .whenComplete(
              (consent, problem) -> {
                if (problem == null && consent.isPresent()) {
                  answer.reply(VoidRequest.answer(consent.get()));
                } else {
                  answer.refuse("NO_CONSENT", "the party does not agree; its log says why");
                }
              });
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }
}
