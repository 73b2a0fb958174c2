package io.elottery.web.staff;

import java.util.concurrent.CompletableFuture;

/** The way to main's desk for the staff. Any thread. */
@FunctionalInterface
public interface Office {
  /**
   * Brings a call to one main after the other until one takes it.
   *
   * @param call as JSON: a secret, for it holds a token
   * @param repeatable whether a call whose outcome is unknown may go to the next main as well
   * @return main's answer as JSON; completes on any thread, exceptionally when there is none
   */
  CompletableFuture<byte[]> ask(byte[] call, boolean repeatable);
}
