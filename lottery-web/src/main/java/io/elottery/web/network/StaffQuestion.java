package io.elottery.web.network;

import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.KeyvaultKinds;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A call of the staff on its way to a main.
 *
 * @param body as JSON: a secret, for it holds a token
 * @param repeatable whether the next main is asked when the outcome at one is unknown
 * @param settles of an answer: whether no other main is asked
 */
record StaffQuestion(byte[] body, boolean repeatable, Predicate<byte[]> settles) {
  private static final Duration READ = Duration.ofSeconds(2);
  private static final Duration DO = Duration.ofSeconds(12); // An Argon2id, a cut.

  Envelope envelope() {
    return new Envelope(KeyvaultKinds.STAFF_CALL, KeyvaultKinds.VERSION, body);
  }

  Duration patience() {
    return repeatable ? READ : DO;
  }

  /** Whether another main may be asked after one did not answer. */
  boolean mayGoOn(Throwable problem) {
    return repeatable
        || problem instanceof CallFailed failed
            && (failed.why() == CallFailed.Why.NOT_SENT || failed.why() == CallFailed.Why.REFUSED);
  }
}
