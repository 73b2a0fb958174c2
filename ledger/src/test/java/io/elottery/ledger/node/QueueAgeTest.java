package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** More commands than a writer can bring to their end: the queue does not grow old. */
final class QueueAgeTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final int COMMANDS = 3_000;

  // One command in each log entry, one entry under way: a few hundred a second at most.
  private final SimLedger ledger = new SimLedger(5, 5, 1, slow());

  @Test
  void whatCannotBeWrittenInTimeIsAnsweredBusyAndNotWritten() {
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    ledger.world().runFor(Duration.ofMillis(500));
    List<CompletableFuture<Delivery>> answers = new ArrayList<>();

    for (int i = 0; i < COMMANDS; i++) {
      byte[] note = ("n" + i).getBytes(StandardCharsets.UTF_8);
      answers.add(ledger.deliver("branch/TOR", note));
    }
    ledger
        .world()
        .runUntil(
            "all are answered",
            () -> answers.stream().allMatch(CompletableFuture::isDone),
            Duration.ofMillis(1_500));

    long written = count(answers, Delivery.Answered.class);
    long busy = count(answers, Delivery.Busy.class);
    assertThat(written).isPositive();
    assertThat(busy).isPositive();
    assertThat(written + busy).isEqualTo(COMMANDS);
    ledger.world().runFor(Duration.ofSeconds(2));
    assertThat(notes()).isEqualTo((int) written);
  }

  private int notes() {
    return ledger
        .ledger(ledger.writer(SHARD).orElseThrow())
        .machine(SHARD)
        .map(machine -> ((NoteMachine) machine).notes().size())
        .orElseThrow();
  }

  private static long count(
      List<CompletableFuture<Delivery>> answers, Class<? extends Delivery> kind) {
    return answers.stream().filter(answer -> kind.isInstance(answer.join())).count();
  }

  private static LedgerConfig slow() {
    LedgerConfig defaults = LedgerConfig.defaults();
    return new LedgerConfig(
        defaults.raft(),
        1,
        defaults.batchBytes(),
        1,
        defaults.queue(),
        defaults.wakeEvery(),
        defaults.standInAfter());
  }
}
