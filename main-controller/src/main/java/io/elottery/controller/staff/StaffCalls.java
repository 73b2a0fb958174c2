package io.elottery.controller.staff;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.order.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the staff asks for through gateways, as small HTTP calls over trunks. The main that
 * acts for LEFT answers; any other passes the call to it, once. On main's loop.
 */
public final class StaffCalls {
  private static final Logger log = LoggerFactory.getLogger(StaffCalls.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<Role> CALLERS = Set.of(Role.GATEWAY, Role.STAFF, Role.MAIN);

  private final Switchboard board;
  private final Hemispheres halves;
  private final List<Entry> entries = new ArrayList<>();

  /** Serves nothing until started. */
  public StaffCalls(Switchboard board, Hemispheres halves) {
    this.board = board;
    this.halves = halves;
  }

  /**
   * Adds a call that the main which acts for LEFT answers.
   *
   * @param pattern {@code /keys/{link}}, without {@code /api/v1}
   * @param who may make it: anybody with one of these roles
   */
  public void add(String method, String pattern, Set<StaffRole> who, StaffHandler handler) {
    put(new Entry(Route.of(method, pattern), Set.copyOf(who), false, opened(handler)));
  }

  /** Adds a call that whichever main is asked answers itself. */
  public void addHere(String method, String pattern, Set<StaffRole> who, StaffHandler handler) {
    put(new Entry(Route.of(method, pattern), Set.copyOf(who), true, opened(handler)));
  }

  /** Adds a call of LEFT's main that needs nobody signed in. */
  void addOpen(String method, String pattern, OpenHandler handler) {
    put(
        new Entry(
            Route.of(method, pattern),
            Set.of(),
            false,
            (who, call, path) -> handler.handle(call.token(), call.body())));
  }

  private void put(Entry entry) {
    entries.add(entry);
    entries.sort(Comparator.comparingInt(one -> one.route.namedParts()));
  }

  /** Begins; on the loop or before it turns. */
  void start(SignedIn signedIn) {
    board.serve(
        KeyvaultKinds.STAFF_CALL,
        (from, request, answer) -> asked(signedIn, from, request, answer));
  }

  private void asked(SignedIn signedIn, Peer from, Envelope request, CallHandler.Answer answer) {
    if (!CALLERS.contains(from.role())) {
      answer.refuse("NOT_ALLOWED", "only gateways ask in the name of the staff");
      return;
    }
    StaffCall call;
    try {
      call = StaffCall.from(request);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
      return;
    }
    List<String> parts = Route.split(call.path());
    for (Entry entry : entries) {
      Optional<Map<String, String>> path = entry.route.match(call.method(), parts);
      if (path.isPresent()) {
        if (entry.here || halves.coordinates()) {
          answered(call, answer, handled(signedIn, entry, call, path.get()));
        } else {
          pass(signedIn, from, request, answer);
        }
        return;
      }
    }
    answer.reply(StaffCall.envelope(StaffAnswer.notFound("There is no such call: " + call + ".")));
  }

  private CompletableFuture<StaffAnswer> handled(
      SignedIn signedIn, Entry entry, StaffCall call, Map<String, String> path) {
    if (entry.who.isEmpty()) {
      return entry.handler.handle(Optional.empty(), call, path);
    }
    return signedIn
        .member(call.token())
        .thenCompose(
            member -> {
              if (member.isEmpty()) {
                return CompletableFuture.completedFuture(signInFirst());
              }
              if (!member.get().isAnyOf(entry.who)) {
                return CompletableFuture.completedFuture(notAllowed(member.get(), entry.who));
              }
              return entry.handler.handle(member, call, path);
            });
  }

  private static void answered(
      StaffCall call, CallHandler.Answer answer, CompletableFuture<StaffAnswer> future) {
    future.whenComplete(
        (done, problem) ->
            answer.reply(StaffCall.envelope(done != null ? done : failed(call, problem))));
  }

  private void pass(SignedIn signedIn, Peer from, Envelope request, CallHandler.Answer answer) {
    Optional<NodeId> leader = halves.lead(Hemisphere.LEFT).map(Lead::leader);
    if (leader.isEmpty() || from.role() == Role.MAIN) {
      answer.reply(
          StaffCall.envelope(
              StaffAnswer.unavailable(
                  "NO_LEADER",
                  signedIn.isRegistryAway()
                      ? "ZooKeeper does not answer this main, so no main acts for LEFT. Selling"
                          + " goes on; ask again when ZooKeeper is back."
                      : "No main acts for LEFT yet; ask again.")));
      return;
    }
    board
        .call(leader.get(), request, PATIENCE)
        .whenComplete(
            (reply, problem) ->
                answer.reply(
                    reply != null
                        ? reply
                        : StaffCall.envelope(
                            StaffAnswer.unavailable(
                                "NO_ANSWER",
                                "The main that acts for LEFT did not answer; it may or may not"
                                    + " have been done."))));
  }

  private static StaffAnswer signInFirst() {
    return new ActionRefused(
            401, "NOT_SIGNED_IN", "The token is nobody's, or it has ended; sign in again.", "")
        .answer();
  }

  private static StaffAnswer notAllowed(StaffMember who, Set<StaffRole> expected) {
    List<String> roles = expected.stream().sorted().map(StaffRole::text).toList();
    return new ActionRefused(
            403,
            "NOT_ALLOWED",
            who.name()
                + " is "
                + who.rolesText()
                + "; this takes "
                + String.join(" or ", roles)
                + ".",
            "")
        .answer();
  }

  /** What a handler's failure is answered by. */
  static StaffAnswer failed(Object call, @Nullable Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof ActionRefused refused) {
      return refused.answer();
    }
    log.warn("{} failed: {}", call, String.valueOf(cause));
    return StaffAnswer.unavailable(
        "UNAVAILABLE", "It may or may not have been done; look first, then ask again.");
  }

  private static Inner opened(StaffHandler handler) {
    return (who, call, path) ->
        handler.handle(new StaffRequest(who.orElseThrow(), path, call.query(), call.body()));
  }

  private interface Inner {
    CompletableFuture<StaffAnswer> handle(
        Optional<StaffMember> who, StaffCall call, Map<String, String> path);
  }

  // Nobody needs to be signed in where "who" is empty.
  private record Entry(Route route, Set<StaffRole> who, boolean here, Inner handler) {}
}
