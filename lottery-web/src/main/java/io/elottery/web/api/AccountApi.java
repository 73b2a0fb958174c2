package io.elottery.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.LotteryAnswer.TicketsFound;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply.Registered;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Sessions;
import io.elottery.web.desk.SignIns;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.JsonBody;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.Passwords;
import java.util.concurrent.CompletableFuture;

/** Players and their sessions. */
public final class AccountApi {
  private static final int NAME_MIN = 2;
  private static final int NAME_MAX = 40;

  private final Desk desk;
  private final SignIns signIns;
  private final Sessions sessions;

  /** At this desk. */
  public AccountApi(Desk desk, SignIns signIns, Sessions sessions) {
    this.desk = desk;
    this.signIns = signIns;
    this.sessions = sessions;
  }

  void addTo(RouteTable routes) {
    routes
        .add("POST", "/api/v1/players", this::signUp)
        .add("POST", "/api/v1/sessions", this::signIn)
        .add("DELETE", "/api/v1/sessions", this::signOut)
        .add("GET", "/api/v1/me", this::me)
        .add("GET", "/api/v1/me/tickets", this::tickets);
  }

  private CompletableFuture<WebAnswer> signUp(WebRequest request) throws Unacceptable {
    JsonBody body = JsonBody.of(request, "name", "password", "branch");
    BranchId branch = Input.branch(body.text("branch", 3, 3));
    return signIns
        .signUp(request, branch, name(body), password(body), signIns.keyOr(Input.key(request)))
        .thenApply(reply -> WebAnswer.json(201, registered(reply)));
  }

  /** Registers an operator; for the staff port. */
  public CompletableFuture<WebAnswer> signUpOperator(WebRequest request) throws Unacceptable {
    JsonBody body = JsonBody.of(request, "name", "password", "branch");
    BranchId branch = Input.branch(body.text("branch", 3, 3));
    return signIns
        .signUpOperator(
            request, branch, name(body), password(body), signIns.keyOr(Input.key(request)))
        .thenApply(reply -> WebAnswer.json(201, registered(reply)));
  }

  private CompletableFuture<WebAnswer> signIn(WebRequest request) throws Unacceptable {
    JsonBody body = JsonBody.of(request, "id", "branch", "name", "password");
    LotteryQuery who =
        body.has("id")
            ? new LotteryQuery.CredentialsById(
                Input.value("id", body.text("id", 1, 20), PlayerId::parse))
            : new LotteryQuery.CredentialsByName(
                Input.branch(body.text("branch", 3, 3)), body.text("name", 1, NAME_MAX));
    return signIns
        .signIn(request, who, body.text("password", 1, Passwords.LENGTH_MAX))
        .thenApply(
            opened ->
                WebAnswer.json(
                    201,
                    Json.object()
                        .put("token", opened.token().text())
                        .put("expiresAt", opened.expiresAt().toString())));
  }

  private CompletableFuture<WebAnswer> signOut(WebRequest request) throws Unacceptable {
    return signIns
        .signOut(request, Sessions.bearer(request))
        .thenApply(done -> WebAnswer.nothing());
  }

  private CompletableFuture<WebAnswer> me(WebRequest request) throws Unacceptable {
    return sessions.require(request).thenApply(me -> WebAnswer.json(200, ApiJson.me(me)));
  }

  private CompletableFuture<WebAnswer> tickets(WebRequest request) throws Unacceptable {
    int limit = Input.limit(request);
    return sessions
        .require(request)
        .thenCompose(
            me ->
                desk.ask(
                    request,
                    new LotteryQuery.MyTickets(me.player(), request.query("cursor"), limit),
                    TicketsFound.class))
        .thenApply(
            found -> {
              ObjectNode json = ApiJson.page(found.items(), ApiJson::ticket, found.next());
              if (!found.pending().isEmpty()) {
                ArrayNode pending = json.putArray("pending");
                found.pending().forEach(ticket -> pending.add(ApiJson.pending(ticket)));
              }
              return WebAnswer.json(200, json);
            });
  }

  private static String name(JsonBody body) throws Unacceptable {
    return body.text("name", NAME_MIN, NAME_MAX);
  }

  private static String password(JsonBody body) throws Unacceptable {
    return body.text("password", Passwords.LENGTH_MIN, Passwords.LENGTH_MAX);
  }

  private static ObjectNode registered(Registered reply) {
    return Json.object()
        .put("id", reply.player().toString())
        .put("name", reply.name())
        .put("branch", reply.player().branch().code());
  }
}
