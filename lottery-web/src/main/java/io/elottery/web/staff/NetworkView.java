package io.elottery.web.staff;

import java.util.concurrent.CompletableFuture;

/** Where the network's state comes from: a main. Any thread. */
@FunctionalInterface
public interface NetworkView {
  /** The state as JSON; completes on any thread, exceptionally when no main answers. */
  CompletableFuture<byte[]> ask();
}
