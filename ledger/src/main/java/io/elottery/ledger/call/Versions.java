package io.elottery.ledger.call;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;

/** Refuses messages of a version this build does not read. */
final class Versions {
  private Versions() {}

  static void check(Envelope envelope, int expected) throws MalformedMessage {
    if (envelope.version() != expected) {
      throw new MalformedMessage(envelope + ": this build reads version " + expected);
    }
  }
}
