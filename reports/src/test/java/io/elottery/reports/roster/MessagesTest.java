package io.elottery.reports.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void overdueIsTheseBytes() throws MalformedMessage {
    Overdue overdue = new Overdue(NodeId.of("worker-7"));

    assertThat(hex(overdue.envelope().body())).isEqualTo("08776f726b65722d37");
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
