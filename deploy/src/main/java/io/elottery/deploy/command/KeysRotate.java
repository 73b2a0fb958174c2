package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery keys plan|rotate}: what a rotation would do, and proposing it. */
final class KeysRotate {
  private KeysRotate() {}

  /** {@code elottery keys plan}. */
  @Command(name = "plan", description = "Shows what a rotation would do; changes nothing.")
  static final class Plan implements Callable<Integer> {
    private final Invocation invocation;

    @ArgGroup(multiplicity = "1")
    private KeyScope scope = new KeyScope();

    Plan(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      JsonNode plan = invocation.staff().post("/api/v1/keys/plan", scope.body().toString()).json();
      invocation.output().print(invocation.out(), plan, () -> KeyTexts.plan(plan));
      return ExitCode.DONE.number();
    }
  }

  /** {@code elottery keys rotate}. */
  @Command(
      name = "rotate",
      description = "Proposes fresh keys for links; a second officer approves the same plan.")
  static final class Rotate implements Callable<Integer> {
    private final Invocation invocation;

    @ArgGroup(multiplicity = "1")
    private KeyScope scope = new KeyScope();

    @Option(names = "--dry-run", description = "Like `keys plan`: changes nothing.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Wait until it was approved and is done.")
    private boolean wait;

    Rotate(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      String body = scope.body().toString();
      if (dryRun) {
        JsonNode plan = invocation.staff().post("/api/v1/keys/plan", body).json();
        invocation.output().print(invocation.out(), plan, () -> KeyTexts.plan(plan));
        return ExitCode.DONE.number();
      }
      JsonNode proposal = invocation.staff().post("/api/v1/keys/rotate", body).json();
      if (!wait) {
        return Proposed.print(invocation, proposal);
      }
      invocation.err().print(Proposed.text(proposal));
      JsonNode done = new Waiting(invocation).untilCarriedOut(proposal.path("id").asText());
      invocation.output().print(invocation.out(), done, () -> done.path("why").asText() + "\n");
      return ExitCode.DONE.number();
    }
  }
}
