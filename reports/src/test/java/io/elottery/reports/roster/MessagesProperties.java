package io.elottery.reports.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.triage.Question;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each small message of supervision, damaged: read as what it then says, or malformed. */
class MessagesProperties {
  private static final int SEEDS = 3_000;
  private static final NodeId WORKER = NodeId.of("worker-7");

  private interface Format {
    Envelope again(byte[] body) throws MalformedMessage;
  }

  @Test
  void damagedOrders() {
    Order order = new Order(1, Hemisphere.RIGHT, 8, Order.Kind.MOVE_WRITERS, WORKER, "gone");
    fuzz(order.envelope(), body -> Order.parse(body).envelope());
  }

  @Test
  void damagedLeads() {
    Lead lead = new Lead(Hemisphere.LEFT, NodeId.of("main-1"), 9);
    fuzz(lead.envelope(), body -> Lead.parse(body).envelope());
  }

  @Test
  void damagedAnnouncements() {
    Announce announce =
        new Announce(
            Optional.of(Address.parse("h:1")), Optional.empty(), Optional.of("ab"), 2, 3, 4, 5);
    fuzz(announce.envelope(), body -> Announce.parse(body).envelope());
  }

  @Test
  void damagedQuestions() {
    fuzz(new Question(WORKER).envelope(), body -> Question.parse(body).envelope());
  }

  @Test
  void damagedWordsOfOverdueImpulses() {
    fuzz(new Overdue(WORKER, false).envelope(), body -> Overdue.parse(body).envelope());
  }

  private static void fuzz(Envelope good, Format format) {
    int read = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      byte[] body = good.body().clone();
      if (seed % 3 == 0) {
        body = Arrays.copyOf(body, random.nextInt(body.length + 8));
      } else if (seed % 3 == 1) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        body = new byte[random.nextInt(64)];
        random.nextBytes(body);
      }
      try {
        Envelope again = format.again(body);
        assertThat(format.again(again.body())).as("seed %d", seed).isEqualTo(again);
        read++;
      } catch (MalformedMessage expected) {
        assertThat(expected).as("seed %d", seed).hasMessageContaining("");
      }
    }
    assertThat(read).isBetween(1, SEEDS - 1);
  }
}
