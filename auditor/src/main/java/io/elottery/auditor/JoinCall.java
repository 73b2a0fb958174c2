package io.elottery.auditor;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.wire.Envelope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** One enrolment call to a main, without a certificate. The future completes on any thread. */
@FunctionalInterface
interface JoinCall {
  /** Asks once; fails when the main is not reached, not believed, or refuses. */
  CompletableFuture<Envelope> call(
      Address main, SSLContext trust, Envelope request, Duration timeout);
}
