package io.elottery.ledger.mailroom;

import io.elottery.foundation.id.Peer;
import io.elottery.ledger.call.CommandCall;

/** Whose calls a {@link MailroomRelay} passes on. On the relay's loop. */
@FunctionalInterface
public interface RelayRule {
  /** What becomes of the call; asked once for each. */
  Ruling of(Peer from, CommandCall call);

  /** What becomes of a question for heads; nobody may ask, by default. */
  default Ruling ofHeads(Peer from) {
    return Ruling.NOT_ALLOWED;
  }

  /** What may become of a call. */
  enum Ruling {
    /** It is passed on. */
    PASS,
    /** Not now: it is answered as busy, and nothing was done. */
    BUSY,
    /** Never: it is refused. */
    NOT_ALLOWED
  }
}
