package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.acting.ActingTable;
import io.elottery.controller.acting.Rule;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.registry.RegistryEntry;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The orders a town's registry holds, and what must be true of them. */
final class OrderLedger {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Town town;

  OrderLedger(Town town) {
    this.town = town;
  }

  /** All, the oldest first. */
  List<OrderRecord> all() {
    List<OrderRecord> all = new ArrayList<>();
    for (Map.Entry<String, RegistryEntry> each : town.registry.values.entrySet()) {
      if (each.getKey().startsWith("orders/")) {
        try {
          all.add(OrderRecord.decode(each.getValue().value()));
        } catch (MalformedMessage malformed) {
          throw new AssertionError(malformed);
        }
      }
    }
    all.sort(
        Comparator.comparing(OrderRecord::givenAt).thenComparing(record -> record.order().id()));
    return all;
  }

  List<OrderRecord> of(Order.Kind kind) {
    return all().stream().filter(record -> record.order().kind() == kind).toList();
  }

  List<OrderRecord> of(Order.Kind kind, String target) {
    return of(kind).stream()
        .filter(record -> record.order().target().equals(NodeId.of(target)))
        .toList();
  }

  /** Each names its cause; in no minute a leader gave more of a kind than the table allows. */
  void assertBounded(String what) {
    List<OrderRecord> all = all();
    assertThat(all).as(what).allMatch(record -> !record.order().cause().isEmpty());
    for (Rule rule : ActingTable.rules()) {
      for (OrderRecord first : all) {
        Instant from = first.givenAt();
        long within =
            all.stream()
                .filter(record -> record.order().kind() == rule.order())
                .filter(record -> record.order().fence() == first.order().fence())
                .filter(record -> !record.givenAt().isBefore(from))
                .filter(record -> record.givenAt().isBefore(from.plus(MINUTE)))
                .count();
        assertThat(within)
            .as("%s: %s in the minute from %s", what, rule.order(), from)
            .isLessThanOrEqualTo(rule.perMinute());
      }
    }
  }
}
