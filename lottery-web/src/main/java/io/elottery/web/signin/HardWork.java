package io.elottery.web.signin;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs what takes long off the loop, on few threads with a bounded queue. Any thread. */
public interface HardWork {
  /** Takes the work; empty when too much waits already. The future completes on any thread. */
  <T> Optional<CompletableFuture<T>> run(Supplier<T> work);
}
