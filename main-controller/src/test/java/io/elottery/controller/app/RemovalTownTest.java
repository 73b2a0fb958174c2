package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker leaves for good, with a take-over in between; who holds copies is kept. */
class RemovalTownTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private StaffedTown staff;

  @SuppressWarnings("NullAway.Init")
  private Town town;

  @BeforeEach
  void init() throws Exception {
    staff = new StaffedTown(directory);
    town = staff.town;
  }

  @Test
  void whoHoldsCopiesIsKept() throws Exception {
    String holder = holder();

    StaffedTown.Answer refused = propose("main-1", holder, false);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().toString())
        .contains("HOLDS_COPIES", "shard-", "elottery shards balance --without " + holder);
    assertThat(propose("main-1", "worker-99", false).status()).isEqualTo(404);
  }

  @Test
  void removedWorkerLeavesThePlanLosesItsKeysAndEnds() throws Exception {
    String leaver = holder();
    approve(propose("main-1", leaver, true));
    assertThat(removal().state()).isEqualTo(State.UNDER_WAY);
    // Whoever acts next goes on where this one ended.
    town.kill("main-1");
    town.wire.pass(Duration.ofSeconds(60));

    OrderRecord order = removal();
    assertThat(order.state()).as(order.toString()).isEqualTo(State.DONE);
    assertThat(order.outcome()).contains("no link of it has a key", "it was told and ends");
    Town.Worker worker = worker(leaver);
    assertThat(worker.rests).isTrue();
    assertThat(worker.orders.stream().map(Order::kind)).contains(Order.Kind.REMOVE);
    for (Town.Worker other : town.workers.values()) {
      if (other != worker) {
        assertThat(other.roster.worker(NodeId.of(leaver))).isEmpty();
      }
      for (Map.Entry<String, KeyRing> each : other.keys.entrySet()) {
        boolean joins = List.of(each.getKey().split("[~/]", -1)).contains(leaver);
        assertThat(joins ? each.getValue().dialEpoch() : 0)
            .as("%s: %s", other.station.id, each.getKey())
            .isEqualTo(KeyRing.NO_EPOCH);
      }
    }
    assertThat(town.registry.values).doesNotContainKey("conserved/" + leaver);
  }

  private StaffedTown.Answer propose(String main, String worker, boolean force) throws Exception {
    return staff.ask(
        main,
        "officer1",
        "POST",
        "/servers/" + worker + "/remove",
        StaffedTown.json().put("reason", "its machine is sold").put("force", force));
  }

  private void approve(StaffedTown.Answer proposed) throws Exception {
    assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(202);
    String path = "/approvals/" + proposed.text("id") + "/approve";
    staff.ask(
        "main-1", "officer2", "POST", path, StaffedTown.json().put("hash", proposed.text("hash")));
    town.wire.pass(Duration.ofMillis(200));
  }

  private OrderRecord removal() {
    List<OrderRecord> found = new OrderLedger(town).of(Order.Kind.REMOVE);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  // Of four workers and two shards with three copies each, two hold one copy at most.
  private String holder() {
    return "worker-2";
  }

  private Town.Worker worker(String name) {
    return Optional.ofNullable(town.workers.get(name)).orElseThrow();
  }
}
