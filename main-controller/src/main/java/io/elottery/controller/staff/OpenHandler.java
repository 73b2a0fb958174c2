package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Answers calls that need nobody signed in: the sign-in itself. On main's loop. */
@FunctionalInterface
interface OpenHandler {
  /**
   * @param token as sent; may be empty or nobody's
   */
  CompletableFuture<StaffAnswer> handle(String token, JsonNode body);
}
