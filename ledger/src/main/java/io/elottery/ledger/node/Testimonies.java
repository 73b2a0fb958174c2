package io.elottery.ledger.node;

import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.ledger.call.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one replica answered to the questions in its log, for a while; and who waits for the next.
 *
 * <p>Bounded: the oldest answers go when there are many or large ones. Not part of the replicated
 * state: a replica that took the position over in a snapshot has no testimony. On the ledger loop.
 */
final class Testimonies {
  private static final int ANSWERS_MAX = 1_024;
  private static final long BYTES_MAX = 8L * 1024 * 1024;
  private static final int WAITING_MAX = 4_096;

  /** An answer and where it was given. */
  record Given(long position, byte[] answer) {}

  private record Waiter(Consumer<Optional<Given>> told, Timer timeout) {}

  private final Timers timers;
  private final Map<String, Given> given = new LinkedHashMap<>();
  private final Map<String, List<Waiter>> waiting = new LinkedHashMap<>();
  private long bytes;
  private int waiters;

  Testimonies(Timers timers) {
    this.timers = timers;
  }

  /** The machine has answered. */
  void answered(Question question, long position, byte[] answer) {
    Given it = new Given(position, answer);
    if (given.putIfAbsent(question.name(), it) != null) {
      return; // asked twice, because an answer was late: the first counts on every replica
    }
    bytes += answer.length;
    Iterator<Map.Entry<String, Given>> oldest = given.entrySet().iterator();
    while ((given.size() > ANSWERS_MAX || bytes > BYTES_MAX) && given.size() > 1) {
      bytes -= oldest.next().getValue().answer.length;
      oldest.remove();
    }
    List<Waiter> due = waiting.remove(question.name());
    if (due != null) {
      waiters -= due.size();
      for (Waiter waiter : due) {
        waiter.timeout.cancel();
        waiter.told.accept(Optional.of(it));
      }
    }
  }

  /** Tells the answer, at once or when it is given; empty when it is not given in time. */
  void ask(byte[] id, Duration patience, Consumer<Optional<Given>> told) {
    String name = HexFormat.of().formatHex(id);
    Given known = given.get(name);
    if (known != null) {
      told.accept(Optional.of(known));
    } else if (waiters >= WAITING_MAX) {
      told.accept(Optional.empty());
    } else {
      Waiter waiter = new Waiter(told, timers.after(patience, () -> gaveUp(name, told)));
      waiting.computeIfAbsent(name, none -> new ArrayList<>()).add(waiter);
      waiters++;
    }
  }

  private void gaveUp(String name, Consumer<Optional<Given>> told) {
    List<Waiter> those = waiting.get(name);
    if (those != null && those.removeIf(waiter -> waiter.told == told)) {
      waiters--;
      if (those.isEmpty()) {
        waiting.remove(name);
      }
      told.accept(Optional.empty());
    }
  }
}
