package io.elottery.web.staff;

import io.elottery.web.exchange.Handler;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.StaffMember;
import io.elottery.web.signin.StaffTokens;
import java.util.Optional;

/** Lets only the staff in. */
final class StaffGuard {
  static final String COOKIE = "elottery-staff";

  private final StaffTokens tokens;

  StaffGuard(StaffTokens tokens) {
    this.tokens = tokens;
  }

  /** For every member of the staff. */
  Handler seeing(Handler handler) {
    return request -> {
      member(request);
      return handler.handle(request);
    };
  }

  /** For those who may change something. */
  Handler changing(Handler handler) {
    return request -> {
      changer(request);
      return handler.handle(request);
    };
  }

  /** Who asks, if that is somebody who may change something. */
  StaffMember changer(WebRequest request) throws Unacceptable {
    StaffMember member = member(request);
    if (!member.mayChange()) {
      throw Problem.of(
              403,
              "NOT_ALLOWED",
              "This is not yours to do",
              "The role " + member.role() + " may look, not change.")
          .unacceptable();
    }
    return member;
  }

  private StaffMember member(WebRequest request) throws Unacceptable {
    return request
        .bearer()
        .flatMap(tokens::member)
        .orElseThrow(
            () ->
                Problem.of(
                        401,
                        "NOT_SIGNED_IN",
                        "Sign in first",
                        "The staff port needs \"Authorization: Bearer <token>\" with the token of a"
                            + " member of the staff (signIns of cluster.json).")
                    .unacceptable());
  }

  /** Whether the browser's cookie holds a staff token. */
  boolean signedIn(WebRequest request) {
    return request.cookie(COOKIE).flatMap(tokens::member).isPresent();
  }

  Optional<StaffMember> known(String token) {
    return tokens.member(token);
  }
}
