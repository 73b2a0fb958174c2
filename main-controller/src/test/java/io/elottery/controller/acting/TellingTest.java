package io.elottery.controller.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {
  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station worker = wire.station("worker-1", Role.WORKER);
  private final Hemispheres halves = new Hemispheres(main.id);
  private final List<String> taken = new ArrayList<>();

  @Test
  void aServerThatHasSeenANewerFenceDeposesWhoGaveTheOrder() {
    halves.elected(Hemisphere.LEFT, 5);

    tell("OLD_FENCE");

    assertThat(taken).containsExactly("taken by 0 of 1, the last refusal: worker-1: refused");
    assertThat(halves.acts(Hemisphere.LEFT)).isFalse();
  }

  @Test
  void anyOtherRefusalLeavesTheHalfLed() {
    halves.elected(Hemisphere.LEFT, 5);

    tell("BUSY");

    assertThat(halves.acts(Hemisphere.LEFT)).isTrue();
  }

  private void tell(String code) {
    worker.board.serve(
        ReportsKinds.ORDER, (from, request, answer) -> answer.refuse(code, "refused"));
    Order order =
        new Order(
            1, Hemisphere.LEFT, 5, Order.Kind.MOVE_WRITERS, NodeId.of("worker-2"), "it is down");
    new Telling(main.board, halves).tell(order, List.of(worker.id), all -> taken.add(all.words()));
    wire.pass(Duration.ofMillis(100));
  }
}
