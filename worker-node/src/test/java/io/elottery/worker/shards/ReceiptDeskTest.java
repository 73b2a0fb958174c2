package io.elottery.worker.shards;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.time.SystemTime;
import io.elottery.ledger.machine.ReplyFinisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Whoever may have to write practises signing from its start on, and has nothing to show for it.
 */
final class ReceiptDeskTest {
  @Test
  void itPractisesBesideEverythingElse() {
    AtomicInteger practised = new AtomicInteger();
    ReceiptPractice practice = new ReceiptPractice(new SimRandom(1));
    NodeLoop ledger = new NodeLoop("ledger", new SystemTime(), 16, (where, problem) -> {});
    AtomicInteger faults = new AtomicInteger();
    ReceiptDesk desk =
        new ReceiptDesk(
            NodeId.of("worker-1"),
            ledger,
            (where, problem) -> faults.incrementAndGet(),
            ReplyFinisher.none(),
            ReplyFinisher.none(),
            () -> {
              practice.run();
              practised.incrementAndGet();
            });

    desk.start();
    await().until(() -> practised.get() > 3);
    desk.close();
    int atTheEnd = practised.get();

    await().during(ofMillis(200)).until(() -> practised.get() == atTheEnd);
    assertThat(faults).hasValue(0);
  }
}
