package io.elottery.web.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.JsonBody;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.TokenBuckets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Hands what is main's to decide on to main, word for word: keys, vault, people, approvals, audit,
 * certificates, servers, orders, shards, parties, health, mutes, webhooks, switchovers. Main checks
 * the token; this gateway only passes it on.
 */
final class Forwarder {
  private static final String API = "/api/v1";
  private static final List<String> NOUNS =
      List.of(
          "staff",
          "approvals",
          "keys",
          "vault",
          "audit",
          "certificates",
          "servers",
          "orders",
          "shards",
          "parties",
          "troubles",
          "events",
          "links",
          "reports",
          "history",
          "mutes",
          "webhooks",
          "switchover");
  private static final int PARTS_MAX = 4; // After the noun: /keys/cut/{id}/confirm has three.
  private static final String PART = "[A-Za-z0-9._,:~@-]{1,128}";
  private static final String SESSIONS = API + "/staff/sessions";

  private final OfficeLine office;
  private final TokenBuckets tries;

  /**
   * @param tries limits sign-ins of one client
   */
  Forwarder(OfficeLine office, TokenBuckets tries) {
    this.office = office;
    this.tries = tries;
  }

  void addTo(RouteTable routes) {
    for (String noun : NOUNS) {
      StringBuilder pattern = new StringBuilder(API + "/" + noun);
      for (int parts = 0; parts <= PARTS_MAX; parts++) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
          routes.add(method, pattern.toString(), this::forward);
        }
        pattern.append("/{part").append(parts).append('}');
      }
    }
    routes.add("POST", API + "/draws/{game}/{id}/void", this::forward);
    routes.add("GET", API + "/draws/{game}/{id}/explain", this::forward);
  }

  private CompletableFuture<WebAnswer> forward(WebRequest request) throws Unacceptable {
    boolean signIn = request.method().equals("POST") && request.path().equals(SESSIONS);
    if (signIn) {
      limit(request);
    }
    String token = signIn ? "" : request.bearer().orElse("");
    if (!signIn && token.isEmpty()) {
      throw StaffGuard.signInFirst().unacceptable();
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    OfficeCall call = new OfficeCall(token, method, path(request), query(request), body(request));
    return Follow.isWanted(request)
        ? Follow.of(office, request, call, item -> item.toString())
        : office.ask(request, call).thenApply(OfficeAnswer::toWeb);
  }

  private void limit(WebRequest request) throws Unacceptable {
    Optional<Duration> wait = tries.take(request.client());
    if (wait.isPresent()) {
      throw Problem.tooMuch("Too many sign-ins from this address.", wait.get()).unacceptable();
    }
  }

  private static String path(WebRequest request) throws Unacceptable {
    StringBuilder path = new StringBuilder();
    for (String part : request.path().substring(API.length() + 1).split("/", -1)) {
      // Plain text in, plain text out: a "+" stays one.
      String plain =
          Form.parse("p=" + part.replace("+", "%2B")).getOrDefault("p", List.of("")).get(0);
      if (!plain.matches(PART)) {
        throw Problem.notFound("No such address.").unacceptable();
      }
      path.append('/').append(plain);
    }
    return path.toString();
  }

  private static Map<String, String> query(WebRequest request) {
    Map<String, String> query = new TreeMap<>();
    request.query().forEach((name, values) -> query.put(name, values.get(0)));
    return query;
  }

  private static ObjectNode body(WebRequest request) throws Unacceptable {
    return request.body().length == 0 ? Json.object() : JsonBody.whole(request);
  }
}
