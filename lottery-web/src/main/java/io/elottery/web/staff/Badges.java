package io.elottery.web.staff;

import io.elottery.foundation.time.Time;
import io.elottery.lottery.id.Octets;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Whose token it is, as main says. On the HTTP loop.
 *
 * <p>An answer serves for {@link #FRESH}; while no main answers, the last one holds for {@link
 * #LASTS}. Tokens themselves are not kept, only their digests, and at most {@value #KEPT_MAX}.
 */
public final class Badges {
  /** How long a member is not asked about again: a disabled one is out that soon. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** How long the staff can go on looking with every main away. */
  static final Duration LASTS = Duration.ofMinutes(10);

  private static final int KEPT_MAX = 1_000;

  private final OfficeLine office;
  private final Time time;
  private final Map<Octets, CompletableFuture<Optional<StaffMember>>> asking = new HashMap<>();
  private final Map<Octets, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Octets, Known> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /** Asks this office. */
  public Badges(OfficeLine office, Time time) {
    this.office = office;
    this.time = time;
  }

  /**
   * Who shows this token; empty when main knows nobody. Completes on the request's executor,
   * exceptionally when no main answers and none answered lately.
   */
  public CompletableFuture<Optional<StaffMember>> member(WebRequest request, String token) {
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Octets digest = Octets.wrap(SessionToken.sha256(token));
    Known last = known.get(digest);
    if (last != null && last.isYounger(FRESH, time.nanos())) {
      return CompletableFuture.completedFuture(Optional.of(last.member));
    }
    CompletableFuture<Optional<StaffMember>> under = asking.get(digest);
    if (under != null) {
      return under;
    }
    CompletableFuture<Optional<StaffMember>> asked =
        office
            .ask(request, OfficeCall.get(token, "/staff/me"))
            .handle((answer, away) -> judged(digest, answer, away));
    if (!asked.isDone()) {
      asking.put(digest, asked);
    }
    return asked;
  }

  /** Who showed this token in the answer just had; empty for nobody. */
  Optional<StaffMember> remembered(String token) {
    Known last = known.get(Octets.wrap(SessionToken.sha256(token)));
    return last != null && last.isYounger(LASTS, time.nanos())
        ? Optional.of(last.member)
        : Optional.empty();
  }

  /** Forgets an answer: the session ended here. */
  public void forget(String token) {
    known.remove(Octets.wrap(SessionToken.sha256(token)));
  }

  private Optional<StaffMember> judged(
      Octets digest,
      @org.jspecify.annotations.Nullable OfficeAnswer answer,
      @org.jspecify.annotations.Nullable Throwable away) {
    asking.remove(digest);
    if (answer != null && answer.isGood()) {
      StaffMember member = StaffMember.of(answer.body());
      known.put(digest, new Known(member, time.nanos()));
      return Optional.of(member);
    }
    if (answer != null && answer.status() < 500) {
      known.remove(digest);
      return Optional.empty();
    }
    Known last = known.get(digest);
    if (last != null && last.isYounger(LASTS, time.nanos())) {
      return Optional.of(last.member);
    }
    throw new CompletionException(
        away instanceof CompletionException && away.getCause() != null
            ? away.getCause()
            : away != null ? away : unanswered(answer));
  }

  private static Throwable unanswered(@org.jspecify.annotations.Nullable OfficeAnswer answer) {
    return answer == null
        ? new IllegalStateException("neither answer nor failure")
        : answer.problem().unacceptable();
  }

  private record Known(StaffMember member, long at) {
    boolean isYounger(Duration age, long now) {
      return now - at < age.toNanos();
    }
  }
}
