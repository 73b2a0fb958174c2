package io.elottery.web.exchange;

import java.util.concurrent.CompletableFuture;

/** Answers one kind of request. Called on the request's executor; must not wait. */
@FunctionalInterface
public interface Handler {
  /**
   * Begins the answer. The future may complete on any thread; exceptionally with {@link
   * Unacceptable} it is a refusal, with anything else a fault, answered 500 without saying why.
   *
   * @throws Unacceptable when the request itself is refused
   */
  CompletableFuture<WebAnswer> handle(WebRequest request) throws Unacceptable;

  /** A handler that has its answer at once. */
  static Handler now(Immediate handler) {
    return request -> CompletableFuture.completedFuture(handler.answer(request));
  }

  /** Answers at once. */
  @FunctionalInterface
  interface Immediate {
    /** The answer. */
    WebAnswer answer(WebRequest request) throws Unacceptable;
  }
}
