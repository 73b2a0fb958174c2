package io.elottery.web.staff;

import io.elottery.web.exchange.Handler;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Lets only the staff in. On the HTTP loop. */
final class StaffGuard {
  private final Badges badges;

  StaffGuard(Badges badges) {
    this.badges = badges;
  }

  /** For every member of the staff. */
  Handler seeing(Handler handler) {
    return request -> entering(request, handler, member -> true);
  }

  /** For those who may change something. */
  Handler changing(Handler handler) {
    return request -> entering(request, handler, StaffMember::mayChange);
  }

  /** Who was let in with this request. */
  StaffMember changer(WebRequest request) throws Unacceptable {
    return request
        .bearer()
        .flatMap(badges::remembered)
        .filter(StaffMember::mayChange)
        .orElseThrow(() -> signInFirst().unacceptable());
  }

  private CompletableFuture<WebAnswer> entering(
      WebRequest request, Handler handler, Predicate<StaffMember> may) throws Unacceptable {
    String token = request.bearer().orElseThrow(() -> signInFirst().unacceptable());
    return badges
        .member(request, token)
        .thenCompose(
            member -> {
              try {
                check(member, may);
                return handler.handle(request);
              } catch (Unacceptable refused) {
                return CompletableFuture.failedFuture(refused);
              }
            });
  }

  private static void check(Optional<StaffMember> member, Predicate<StaffMember> may)
      throws Unacceptable {
    if (member.isEmpty()) {
      throw signInFirst().unacceptable();
    }
    if (!may.test(member.get())) {
      throw Problem.of(
              403,
              "NOT_ALLOWED",
              "This is not yours to do",
              "The role " + member.get().rolesText() + " may look, not change.")
          .unacceptable();
    }
  }

  static Problem signInFirst() {
    return Problem.of(
        401,
        "NOT_SIGNED_IN",
        "Sign in first",
        "The staff port needs \"Authorization: Bearer <token>\" with the token of a member of the"
            + " staff: of POST /api/v1/staff/sessions, or of signIns in cluster.json.");
  }
}
