package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.ticket.Receipt;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds always (DESIGN section 7), after every command of many random lives. */
class LotteryMachineProperties {
  private static final int SEEDS = Integer.getInteger("seeds", 6);
  private static final int COMMANDS = 500;

  @Test
  void nothingIsLostDoubledOrOversoldAndMoneyIsConserved() {
    EnumSet<DrawState> seen = EnumSet.noneOf(DrawState.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomLife life = new RandomLife(seed);
      TreeMap<TicketId, Receipt> acknowledged = new TreeMap<>();
      for (int i = 0; i < COMMANDS; i++) {
        LotteryReply reply = life.shard.run(life.next());
        if (reply instanceof LotteryReply.TicketSealed sealed) {
          Receipt before = acknowledged.putIfAbsent(sealed.receipt().ticket(), sealed.receipt());
          assertThat(before == null || before.equals(sealed.receipt()))
              .as("seed %d", seed)
              .isTrue();
          assertThat(sealed.repeated()).as("seed %d", seed).isEqualTo(before != null);
        }
        assertThat(life.shard.machine.check())
            .as("seed %d, command %d", seed, i)
            .allMatch(MoneyBalance::isConserved);
      }
      for (DrawSummary draw : life.draws()) {
        seen.add(draw.state());
        assertThat(draw.sold()).as("seed %d", seed).isBetween(0, draw.capacity());
      }
      everyTicketIsThere(life, acknowledged, seed);
      for (int player = 1; player <= 4; player++) {
        Histories.addUp(life.shard, new PlayerId(Shard.TOR, PlayerId.Kind.CUSTOMER, player));
      }
      noLeafIsYoungerThanItsClosing(life, acknowledged, seed);
    }
    assertThat(seen).contains(DrawState.CERTIFIED, DrawState.VOID, DrawState.CLOSED);
  }

  private static void everyTicketIsThere(
      RandomLife life, Map<TicketId, Receipt> acknowledged, long seed) {
    int found = 0;
    for (int player = 1; player <= 4; player++) {
      var id = new PlayerId(Shard.TOR, PlayerId.Kind.CUSTOMER, player);
      var all =
          life.shard.found(
              new LotteryQuery.MyTickets(id, Optional.empty(), 500),
              LotteryAnswer.TicketsFound.class);
      for (var ticket : all.items()) {
        assertThat(ticket.receipt())
            .as("seed %d", seed)
            .isEqualTo(acknowledged.get(ticket.receipt().ticket()));
        found++;
      }
    }
    assertThat(found).as("seed %d", seed).isEqualTo(acknowledged.size());
  }

  private static void noLeafIsYoungerThanItsClosing(
      RandomLife life, Map<TicketId, Receipt> acknowledged, long seed) {
    for (Receipt receipt : acknowledged.values()) {
      life.shard
          .draw(receipt.draw())
          .closing()
          .ifPresent(
              closing ->
                  assertThat(receipt.position())
                      .as("seed %d, %s", seed, receipt.ticket())
                      .isLessThan(closing.position()));
    }
  }

  @Test
  void machineRestoredInTheMiddleGoesOnWithTheSameBytes() throws MalformedMessage {
    for (long seed = 100; seed < 100 + SEEDS; seed++) {
      RandomLife life = new RandomLife(seed);
      LotteryMachine twin = new LotteryMachine(RandomLife.PAGE);
      twin.restore(life.shard.machine.snapshot());
      Random chance = new Random(seed);
      long position = 1_000;
      for (int i = 0; i < COMMANDS; i++) {
        byte[] command = life.next().encode();
        byte[] random = new byte[32];
        chance.nextBytes(random);
        Instant at = life.shard.now;
        position++;
        assertThat(twin.execute(at, random, position, command))
            .as("seed %d, command %d", seed, i)
            .isEqualTo(life.shard.machine.execute(at, random, position, command));
        if (chance.nextInt(50) == 0) {
          byte[] snapshot = twin.snapshot();
          twin = new LotteryMachine(RandomLife.PAGE);
          twin.restore(snapshot);
          assertThat(twin.snapshot()).as("seed %d", seed).isEqualTo(snapshot);
        }
      }
      assertThat(twin.snapshot()).as("seed %d", seed).isEqualTo(life.shard.machine.snapshot());
      assertThat(twin.nextWake()).isEqualTo(life.shard.machine.nextWake());
      assertThat(twin.eventsOf("branch/TOR")).isGreaterThan(100);
      assertSameAnswers(life, twin, seed);
    }
  }

  private static void assertSameAnswers(RandomLife life, LotteryMachine twin, long seed) {
    for (int player = 1; player <= 4; player++) {
      PlayerId id = new PlayerId(Shard.TOR, PlayerId.Kind.CUSTOMER, player);
      byte[] query = new LotteryQuery.MyHistory(id, Optional.empty(), 500).encode();
      assertThat(twin.query(query, 0))
          .as("seed %d, %s", seed, id)
          .isEqualTo(life.shard.machine.query(query, 0));
    }
    for (DrawSummary draw : life.draws()) {
      for (LotteryQuery query :
          new LotteryQuery[] {
            new LotteryQuery.GetDraw(draw.draw()),
            new LotteryQuery.BundleOf(draw.draw()),
            new LotteryQuery.Leaves(draw.draw(), 0, 100)
          }) {
        assertThat(twin.query(query.encode(), 0))
            .as("seed %d, %s", seed, query)
            .isEqualTo(life.shard.machine.query(query.encode(), 0));
      }
    }
  }

  @Test
  void brokenSnapshotIsRefusedAndChangesNothing() {
    RandomLife life = new RandomLife(7);
    for (int i = 0; i < 100; i++) {
      life.shard.run(life.next());
    }
    byte[] snapshot = life.shard.machine.snapshot();
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] broken = snapshot.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      boolean refused = false;
      try {
        life.shard.machine.restore(broken);
      } catch (MalformedMessage malformed) {
        refused = true;
      }
      assertThat(refused).isTrue();
    }
    assertThat(life.shard.machine.snapshot()).isEqualTo(snapshot);
  }

  @Test
  void anyBytesAreAnsweredWithATypedReply() throws MalformedMessage {
    RandomLife life = new RandomLife(9);
    Random random = new Random(9);
    for (int i = 0; i < 1_500; i++) {
      LotteryCommand command = life.next();
      byte[] bytes = command.encode();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      LotteryReply.decode(life.shard.runBytes(bytes));
      LotteryAnswer.decode(life.shard.machine.query(bytes, 0));
      if (i % 40 == 0) {
        life.shard.run(command);
      }
    }
    assertThat(life.shard.machine.check()).allMatch(MoneyBalance::isConserved);
  }

  @Test
  void refusedTicketNeverAppears() {
    RandomLife life = new RandomLife(11);
    TreeMap<TicketId, Boolean> refused = new TreeMap<>();
    for (int i = 0; i < COMMANDS; i++) {
      LotteryCommand command = life.next();
      LotteryReply reply = life.shard.run(command);
      if (command instanceof TicketCommand.BuyTicket buy) {
        TicketId id = TicketId.of(buy.player(), buy.draw(), buy.key());
        refused.put(id, reply instanceof LotteryReply.Refused);
      }
    }
    for (Map.Entry<TicketId, Boolean> ticket : refused.entrySet()) {
      boolean there = false;
      for (int player = 1; player <= 4; player++) {
        var id = PlayerId.parse("TORC000" + player);
        there |=
            life.shard.ask(new LotteryQuery.TicketById(id, ticket.getKey(), Optional.empty()))
                instanceof LotteryAnswer.TicketFound;
      }
      assertThat(there).isEqualTo(!ticket.getValue());
    }
  }
}
