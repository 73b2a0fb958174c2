package io.elottery.ledger.node;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.call.Response;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Calls that came while nobody knew who writes: an election takes a few flushes, so they are kept
 * for that long instead of being sent away to ask again. Nothing of them was done. On the ledger
 * loop.
 */
final class HeldCalls {
  /** How long one is kept at most; below the time after which a mailroom asks another server. */
  static final Duration HELD_MAX = Duration.ofMillis(250);

  private final NodeLoop loop;
  private final int most;
  private final Set<Held> held = new LinkedHashSet<>();

  // By identity: the same call may come twice.
  private static final class Held {
    private final Runnable again;
    private final Answers answers;

    Held(Runnable again, Answers answers) {
      this.again = again;
      this.answers = answers;
    }
  }

  /**
   * @param most calls kept at once
   */
  HeldCalls(NodeLoop loop, int most) {
    this.loop = loop;
    this.most = most;
  }

  /**
   * Keeps a call until {@link #release}, or until it is told that nobody is known to write.
   *
   * @param patience of the caller, of which half is left to ask somebody else
   * @param again takes the call once more
   * @return false when too many are kept
   */
  boolean hold(Duration patience, Runnable again, Answers answers) {
    if (held.size() >= most) {
      return false;
    }
    Held call = new Held(again, answers);
    held.add(call);
    Duration half = patience.dividedBy(2);
    loop.after(half.compareTo(HELD_MAX) < 0 ? half : HELD_MAX, () -> end(call));
    return true;
  }

  private void end(Held call) {
    if (held.remove(call)) {
      call.answers.answer(new Response.Redirect(Optional.empty()));
    }
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** It is known who writes. */
  void release() {
    List<Held> all = List.copyOf(held);
    held.clear();
    all.forEach(call -> call.again.run());
  }

  /** Nobody will be known here any more. */
  void close() {
    List.copyOf(held).forEach(this::end);
  }
}
