package io.elottery.reports.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.capacity.CapacityResult;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void overdueIsTheseBytes() throws MalformedMessage {
    Overdue overdue = new Overdue(NodeId.of("worker-7"), true);

    assertThat(hex(overdue.envelope().body())).isEqualTo("08776f726b65722d3701");
    assertThat(Overdue.parse(overdue.envelope().body())).isEqualTo(overdue);
  }

  @Test
  void anOrderIsTheGoldenBytes() throws MalformedMessage {
    Order order =
        new Order(1, Hemisphere.RIGHT, 8, Order.Kind.MOVE_WRITERS, NodeId.of("worker-1"), "gone");

    assertThat(hex(order.envelope().body()))
        .isEqualTo(
            "0000000000000001"
                + "01"
                + "0000000000000008"
                + "00"
                + "08776f726b65722d31"
                + "04676f6e65");
    assertThat(Order.parse(order.envelope().body())).isEqualTo(order);
  }

  @Test
  void anOrderWithDetailAndItsRecordAreTheGoldenBytes() throws MalformedMessage {
    Order order =
        new Order(2, Hemisphere.LEFT, 9, Order.Kind.REMOVE, NodeId.of("worker-1"), "sold", "a,b");
    String body =
        "0000000000000002"
            + "00"
            + "0000000000000009"
            + "07"
            + "08776f726b65722d31"
            + "04736f6c64"
            + "03612c62";
    OrderRecord record =
        OrderRecord.given(order, Instant.ofEpochMilli(5))
            .become(OrderRecord.State.DONE, Instant.ofEpochMilli(6), "ok");

    assertThat(hex(order.envelope().body())).isEqualTo(body);
    assertThat(Order.parse(order.envelope().body())).isEqualTo(order);
    // Also the body of 0551 between mains.
    assertThat(hex(record.encode()))
        .isEqualTo("01" + "24" + body + "0000000000000005" + "02" + "0000000000000006" + "026f6b");
    assertThat(OrderRecord.decode(record.encode())).isEqualTo(record);
  }

  @Test
  void kindsOfOrdersKeepTheirCodes() {
    assertThat(Order.Kind.values())
        .containsExactly(
            Order.Kind.MOVE_WRITERS,
            Order.Kind.CONSERVE,
            Order.Kind.RELEASE,
            Order.Kind.CAPACITY_TEST,
            Order.Kind.HAND_OVER,
            Order.Kind.REKNIT,
            Order.Kind.REPLACE,
            Order.Kind.REMOVE);
  }

  @Test
  void aCapacityResultIsTheGoldenBytes() throws MalformedMessage {
    CapacityResult result =
        new CapacityResult(
            NodeId.of("worker-1"),
            7,
            Instant.ofEpochMilli(5),
            List.of("slow"),
            new CapacityResult.Figures(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                4,
                5,
                6,
                Duration.ofMillis(7),
                Duration.ofMillis(8),
                9,
                Duration.ofMillis(10),
                11,
                12));

    assertThat(result.envelope().kind()).isEqualTo(0x0411);
    assertThat(hex(result.envelope().body()))
        .isEqualTo(
            "01"
                + "08776f726b65722d31"
                + "0000000000000007"
                + "0000000000000005"
                + "01"
                + "04736c6f77"
                + "e807"
                + "d00f"
                + "b817"
                + "04"
                + "05"
                + "06"
                + "d836"
                + "c03e"
                + "09"
                + "904e"
                + "0b"
                + "0c");
    assertThat(CapacityResult.decode(result.encode())).isEqualTo(result);
    for (int length = 0; length < result.encode().length; length++) {
      byte[] cut = Arrays.copyOf(result.encode(), length);
      assertThatThrownBy(() -> CapacityResult.decode(cut)).isInstanceOf(MalformedMessage.class);
    }
  }

  @Test
  void aLeadIsTheGoldenBytes() throws MalformedMessage {
    Lead lead = new Lead(Hemisphere.LEFT, NodeId.of("main-1"), 9);

    assertThat(hex(lead.envelope().body())).isEqualTo("00066d61696e2d310000000000000009");
    assertThat(Lead.parse(lead.envelope().body())).isEqualTo(lead);
    assertThatThrownBy(() -> Lead.parse(new byte[] {2})).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void anAnnouncementIsTheGoldenBytes() throws MalformedMessage {
    Announce announce =
        new Announce(
            Optional.of(Address.parse("h:1")), Optional.empty(), Optional.of("ab"), 2, 3, 4, 5);

    assertThat(hex(announce.envelope().body()))
        .isEqualTo(
            "03683a31"
                + "00"
                + "026162"
                + "0000000000000002"
                + "0000000000000003"
                + "0000000000000004"
                + "0000000000000005");
    assertThat(Announce.parse(announce.envelope().body())).isEqualTo(announce);
  }

  @Test
  void aJudgementSurvivesTheWire() throws MalformedMessage {
    Judgement judgement =
        new Judgement(
            NodeId.of("worker-1"),
            Hemisphere.LEFT,
            Verdict.DOWN,
            Instant.ofEpochMilli(5),
            Optional.empty(),
            List.of(new Evidence("LEFT", Evidence.Claim.GONE, "gone")));
    WireWriter out = new WireWriter();
    judgement.writeTo(out);

    assertThat(Judgement.readFrom(new WireReader(out.toBytes()))).isEqualTo(judgement);
    assertThat(hex(out.toBytes()))
        .isEqualTo(
            "08776f726b65722d31"
                + "00"
                + "04"
                + "0000000000000005"
                + "00"
                + "01"
                + "044c454654"
                + "02"
                + "04676f6e65");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
