package io.elottery.foundation.transport;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.wire.Envelope;

/** Answers calls of one kind, on the switchboard's loop, at once or later. */
@FunctionalInterface
public interface CallHandler {
  /** Takes the call; must use {@code answer} exactly once, on the same loop, now or later. */
  void handle(Peer from, Envelope request, Answer answer);

  /** The way back to the caller. A second use is ignored. */
  interface Answer {
    /** Answers. */
    void reply(Envelope reply);

    /**
     * Refuses; nothing was done.
     *
     * @param code short and stable, upper case: {@code NOT_LEADER}
     * @param detail one sentence for a person
     */
    void refuse(String code, String detail);
  }
}
