package io.elottery.web.staff;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The way to main's desk for the staff. Any thread. */
@FunctionalInterface
public interface Office {
  /**
   * Brings a call to one main after the other until one takes it and its answer settles it.
   *
   * @param call as JSON: a secret, for it holds a token
   * @param repeatable whether a call whose outcome is unknown may go to the next main as well
   * @param settles of an answer: false when another main may know better and nothing was done
   * @return main's answer as JSON; completes on any thread, exceptionally when there is none
   */
  CompletableFuture<byte[]> ask(byte[] call, boolean repeatable, Predicate<byte[]> settles);
}
