package io.elottery.controller.staff;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.keyvault.approval.Proposal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what was approved: first the approval is in the audit trail, then the action runs,
 * then its end is stored. Each step is tried again until it succeeds or this main acts no longer.
 * On main's loop.
 */
final class Errands {
  private static final Logger log = LoggerFactory.getLogger(Errands.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int WHY_MAX = 500;

  /** Stores how it ended. */
  interface End {
    CompletableFuture<Proposal> store(String id, boolean done, String why);
  }

  private final NodeLoop loop;
  private final AuditTrail audit;
  private final Map<String, ActionHandler> handlers;
  private final End end;
  private final Set<String> running = new TreeSet<>();
  private long generation;

  Errands(NodeLoop loop, AuditTrail audit, Map<String, ActionHandler> handlers, End end) {
    this.loop = loop;
    this.audit = audit;
    this.handlers = handlers;
    this.end = end;
  }

  /** This main acts from now on. */
  void begin() {
    generation++;
    running.clear();
  }

  /** It no longer does; the next leader goes on. */
  void end() {
    generation++;
    running.clear();
  }

  /**
   * Runs it, unless it runs already.
   *
   * @param result what the audit trail says about why it runs: APPROVED, RESUMED
   */
  void run(Proposal proposal, String result) {
    if (running.add(proposal.id())) {
      recorded(generation, proposal, result);
    }
  }

  private void recorded(long mine, Proposal proposal, String result) {
    if (mine != generation) {
      return;
    }
    audit
        .record(entry(proposal, proposal.words(), result))
        .whenComplete(
            (stored, problem) -> {
              if (problem == null) {
                carryOut(mine, proposal);
              } else {
                log.warn("{} waits for the audit trail: {}", proposal.id(), problem.toString());
                loop.after(AGAIN, () -> recorded(mine, proposal, result));
              }
            });
  }

  private void carryOut(long mine, Proposal proposal) {
    ActionHandler handler = handlers.get(proposal.kind());
    if (mine != generation || handler == null) {
      return; // A main of another version knows the kind.
    }
    handler
        .carryOut(proposal)
        .whenComplete(
            (words, problem) ->
                loop.execute(
                    () -> {
                      Optional<ActionRefused> refused = refused(problem);
                      if (refused.filter(one -> one.status() == 503).isPresent()) {
                        log.warn("{} waits: {}", proposal.id(), refused.get().detail());
                        loop.after(AGAIN, () -> carryOut(mine, proposal));
                      } else if (problem == null) {
                        ended(mine, proposal, true, String.valueOf(words));
                      } else {
                        String why =
                            refused
                                .map(ActionRefused::detail)
                                .orElse("it broke off; see main's log");
                        if (refused.isEmpty()) {
                          log.error("{} {} broke off", proposal.kind(), proposal.id(), problem);
                        }
                        ended(mine, proposal, false, why);
                      }
                    }));
  }

  private void ended(long mine, Proposal proposal, boolean done, String why) {
    if (mine != generation) {
      return;
    }
    String words = why.length() > WHY_MAX ? why.substring(0, WHY_MAX) : why;
    end.store(proposal.id(), done, words)
        .whenComplete(
            (stored, problem) -> {
              if (problem == null) {
                running.remove(proposal.id());
                audit.recordLater(entry(proposal, words, done ? "DONE" : "FAILED"));
              } else {
                loop.after(AGAIN, () -> ended(mine, proposal, done, why));
              }
            });
  }

  private static AuditEntry entry(Proposal proposal, String detail, String result) {
    return new AuditEntry(
        proposal.proposer(), proposal.approver(), proposal.kind(), proposal.id(), detail, result);
  }

  private static Optional<ActionRefused> refused(@Nullable Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return cause instanceof ActionRefused refused ? Optional.of(refused) : Optional.empty();
  }
}
