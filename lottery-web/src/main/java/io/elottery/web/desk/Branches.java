package io.elottery.web.desk;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Asks all branches at once; one that does not answer is left out and named. */
public final class Branches {
  private final Desk desk;
  private final List<BranchId> all;

  /** The branches there are. */
  public Branches(Desk desk, List<String> codes) {
    this.desk = desk;
    this.all = codes.stream().map(BranchId::of).sorted().toList();
  }

  /** All of them, in order. */
  public List<BranchId> all() {
    return all;
  }

  /**
   * What the branches answered.
   *
   * @param missing who did not answer
   */
  public record Answers<T>(SortedMap<BranchId, T> found, List<BranchId> missing) {}

  /** Asks the one branch, or all; exceptionally 503 when none answers. */
  public <T extends LotteryAnswer> CompletableFuture<Answers<T>> ask(
      WebRequest at,
      List<BranchId> branches,
      Function<BranchId, LotteryQuery> query,
      Class<T> expected) {
    List<CompletableFuture<Optional<T>>> asked = new ArrayList<>();
    for (BranchId branch : branches) {
      asked.add(desk.ask(at, query.apply(branch), expected).handle(Branches::answeredOrAway));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              SortedMap<BranchId, T> found = new TreeMap<>();
              List<BranchId> missing = new ArrayList<>();
              for (int i = 0; i < branches.size(); i++) {
                BranchId branch = branches.get(i);
                asked
                    .get(i)
                    .join()
                    .ifPresentOrElse(
                        answer -> found.put(branch, answer), () -> missing.add(branch));
              }
              if (found.isEmpty() && !branches.isEmpty()) {
                throw new CompletionException(
                    Problem.unavailable("No branch answers. Try again in a moment.")
                        .unacceptable());
              }
              return new Answers<>(found, missing);
            });
  }

  // Only "not reachable" leaves a branch out; a refusal of the question is the asker's.
  private static <T> Optional<T> answeredOrAway(T answer, Throwable problem) {
    if (problem == null) {
      return Optional.of(answer);
    }
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (cause instanceof Unacceptable refused
        && (refused.problem().status() == 503 || refused.problem().status() == 429)) {
      return Optional.empty();
    }
    throw new CompletionException(cause);
  }
}
