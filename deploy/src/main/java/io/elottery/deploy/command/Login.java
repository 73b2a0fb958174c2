package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.Http;
import io.elottery.deploy.staff.Logins;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery login}: signs a member of the staff in. */
@Command(
    name = "login",
    description = {
      "Signs you in to a network's staff port; the password is asked for, or read from standard"
          + " input.",
      "The sign-in is kept in ~/.config/elottery, readable by you alone, until it ends."
    })
final class Login implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "As in `elottery staff list`.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--invitation",
      description = "Take up an invitation, asked for as well, and choose a password.")
  private boolean invited;

  Login(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (invited) {
      body.put("invitation", invocation.prompt().secret("Invitation"));
      body.put("password", invocation.prompt().freshSecret("New password"));
    } else {
      body.put("name", named());
      body.put("password", invocation.prompt().secret("Password of " + named()));
    }
    String port = invocation.staffPort();
    JsonNode made = new Http(port, "").post("/api/v1/staff/sessions", body.toString()).json();
    String who = made.path("name").asText(name.orElse(""));
    Instant until = until(made);
    invocation.logins().keep(port, new Logins.Login(who, made.path("token").asText(), until));
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("name", who).put("server", port).put("expiresAt", until.toString());
    shown.set("roles", made.path("roles"));
    invocation
        .output()
        .print(
            invocation.out(),
            shown,
            () -> who + " is signed in to " + port + " until " + until + "\n");
    return ExitCode.DONE.number();
  }

  private String named() throws CommandFailed {
    return name.or(invocation::name)
        .orElseThrow(() -> new CommandFailed(ExitCode.USAGE, "say who: `elottery login NAME`"));
  }

  private static Instant until(JsonNode made) throws CommandFailed {
    try {
      return Instant.parse(made.path("expiresAt").asText());
    } catch (DateTimeParseException wrong) {
      throw new CommandFailed(ExitCode.FAILED, "the sign-in does not say how long it lasts", wrong);
    }
  }

  /** {@code elottery logout}: ends the sign-in. */
  @Command(name = "logout", description = "Ends the sign-in of the last one, or of --as NAME.")
  static final class Out implements Callable<Integer> {
    private final Invocation invocation;

    Out(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      String port = invocation.staffPort();
      Optional<Logins.Login> login =
          invocation.logins().find(port, invocation.name(), Instant.now());
      if (login.isEmpty()) {
        invocation.out().println("nobody is signed in to " + port);
        return ExitCode.DONE.number();
      }
      invocation.logins().forget(port, login.get().name());
      new Http(port, login.get().token()).ask("DELETE", "/api/v1/staff/sessions", null, "");
      invocation.out().println(login.get().name() + " is signed out");
      return ExitCode.DONE.number();
    }
  }
}
