package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.PasswordHash;
import io.elottery.keyvault.people.Sessions;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@code /staff/sessions}: in by a password or by an invitation, and out. Hashing runs beside the
 * loop, a few at a time; wrong passwords slow down further tries at the same name.
 */
final class SignIns {
  private static final Duration SESSION = Duration.ofHours(8);
  private static final int TOKEN_BYTES = 32;
  private static final int PASSWORD_MIN = 12;
  private static final int PASSWORD_MAX = 200;
  private static final int HASHING_MAX = 16;

  private final StaffDesk.Ports ports;
  private final OfficeRecord<StaffBook> book;
  private final OfficeRecord<Sessions> sessions;
  private final Guesses guesses;
  private final PasswordHash nobodys;
  private int hashing;

  SignIns(StaffDesk.Ports ports, OfficeRecord<StaffBook> book, OfficeRecord<Sessions> sessions) {
    this.ports = ports;
    this.book = book;
    this.sessions = sessions;
    this.guesses = new Guesses(ports.loop().time());
    // Compared with when the name is unknown, so that names cannot be told by the time it takes.
    this.nobodys = new PasswordHash(ports.cost(), new byte[16], new byte[32]);
  }

  void addTo(StaffCalls calls) {
    calls.addOpen("POST", "/staff/sessions", (token, body) -> in(body));
    calls.addOpen("DELETE", "/staff/sessions", (token, body) -> out(token));
  }

  private CompletableFuture<StaffAnswer> in(JsonNode body) {
    String password = body.path("password").asText("");
    String invitation = body.path("invitation").asText("");
    if (password.length() > PASSWORD_MAX) {
      return refused(
          ActionRefused.invalid("password", "Expected at most " + PASSWORD_MAX + " characters."));
    }
    Optional<StaffBook> now = book.value();
    if (now.isEmpty()) {
      return refused(StaffDesk.notReady());
    }
    return invitation.isEmpty()
        ? byPassword(now.get(), body.path("name").asText(""), password)
        : byInvitation(now.get(), invitation, password);
  }

  private CompletableFuture<StaffAnswer> byPassword(StaffBook now, String name, String password) {
    Optional<Duration> wait = guesses.mustWait(name);
    if (wait.isPresent()) {
      return refused(
          new ActionRefused(
              429,
              "TOO_MANY_REQUESTS",
              "Too many wrong passwords; wait " + wait.get().toSeconds() + " seconds.",
              ""));
    }
    Optional<StaffMember> member = now.member(name).filter(one -> !one.disabled());
    Optional<PasswordHash> hash = member.flatMap(one -> one.credentials().password());
    return hashed(() -> hash.orElse(nobodys).matches(password) && hash.isPresent())
        .thenCompose(
            right -> {
              if (!right) {
                guesses.wrong(name);
                member.ifPresent(one -> recorded(one.name(), "SIGN_IN", "REFUSED"));
                return refused(
                    new ActionRefused(
                        401, "NOT_SIGNED_IN", "Name and password do not belong together.", ""));
              }
              guesses.right(name);
              return opened(name, "SIGN_IN");
            });
  }

  private CompletableFuture<StaffAnswer> byInvitation(
      StaffBook now, String invitation, String password) {
    if (password.length() < PASSWORD_MIN) {
      return refused(
          ActionRefused.invalid(
              "password", "Expected at least " + PASSWORD_MIN + " characters in \"password\"."));
    }
    Optional<StaffMember> member = now.ofInvitation(invitation, ports.loop().time().now());
    if (member.isEmpty()) {
      return refused(noInvitation());
    }
    return hashed(() -> PasswordHash.of(password, ports.cost(), ports.random()))
        .thenCompose(
            hash ->
                book.<String>change(
                    people -> {
                      String name =
                          people
                              .ofInvitation(invitation, ports.loop().time().now())
                              .orElseThrow(SignIns::noInvitation)
                              .name();
                      Credentials credentials = Credentials.ofPassword(hash);
                      return new OfficeRecord.Outcome<>(
                          StaffDesk.tried(
                              people, before -> before.withCredentials(name, credentials)),
                          name);
                    }))
        .thenCompose(name -> opened(name, "INVITATION_TAKEN_UP"));
  }

  private CompletableFuture<StaffAnswer> opened(String name, String what) {
    String token =
        Base64.getUrlEncoder().withoutPadding().encodeToString(ports.random().bytes(TOKEN_BYTES));
    Instant now = ports.loop().time().now();
    Instant until = now.plus(SESSION);
    Sessions.Session session = new Sessions.Session(name, until);
    return sessions
        .<Boolean>change(
            open ->
                new OfficeRecord.Outcome<>(
                    open.with(Credentials.digest(token), session, now), true))
        .thenApply(
            done -> {
              recorded(name, what, "DONE");
              ObjectNode answer =
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("token", token)
                      .put("expiresAt", until.toString())
                      .put("name", name);
              ArrayNode roles = answer.putArray("roles");
              book.value()
                  .flatMap(people -> people.member(name))
                  .ifPresent(member -> member.roles().forEach(role -> roles.add(role.text())));
              return StaffAnswer.created(answer);
            });
  }

  private CompletableFuture<StaffAnswer> out(String token) {
    return sessions.change(
        open ->
            new OfficeRecord.Outcome<>(
                open.open().containsKey(Credentials.digest(token))
                    ? open.ended(Credentials.digest(token))
                    : open,
                StaffAnswer.nothing()));
  }

  private <T> CompletableFuture<T> hashed(Supplier<T> work) {
    if (hashing >= HASHING_MAX) {
      return CompletableFuture.failedFuture(
          new ActionRefused(
              429, "TOO_MANY_REQUESTS", "Many sign in just now; try again in a second.", ""));
    }
    hashing++;
    return CompletableFuture.supplyAsync(work, ports.work())
        .whenCompleteAsync((done, problem) -> hashing--, ports.loop());
  }

  private void recorded(String name, String what, String result) {
    ports.audit().recordLater(new AuditEntry(name, "", what, name, "", result));
  }

  private static ActionRefused noInvitation() {
    return new ActionRefused(
        401, "NOT_SIGNED_IN", "The invitation is nobody's, was taken up, or has ended.", "");
  }

  private static CompletableFuture<StaffAnswer> refused(ActionRefused why) {
    return CompletableFuture.failedFuture(why);
  }
}
