package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How a shard grows with the tickets of one draw: processor time of one more, heap, snapshot. Run
 * by name only; figures in {@code docs/benchmarks.md}.
 */
final class GrowthBench {
  private static final int PART = 10_000;
  private static final int MOST = Integer.getInteger("growth.tickets", 1_000_000);

  private static final int PLAYERS = Integer.getInteger("growth.players", 1);

  private final Shard shard = new Shard();
  private final List<PlayerId> players = new ArrayList<>();
  private final DrawRef draw = shard.onSale(MOST, Duration.ofHours(5));
  private final byte[] random = new byte[32];

  @Test
  void aTicketCostsTheSameHoweverManyThereAre() throws MalformedMessage {
    for (int i = 0; i < PLAYERS; i++) {
      players.add(shard.player(BranchId.of("TOR"), "anna" + i, 1_000_000_000L));
    }
    long empty = heap();
    int sold = 0;
    shard.machine.snapshot(piece -> {});
    for (int tickets = PART; tickets <= MOST; tickets *= 10) {
      while (sold < tickets - PART) {
        sold += sell();
      }
      long began = cpu();
      sold += sell();
      double micros = (cpu() - began) / 1e3 / PART;
      double bytes = (double) (heap() - empty) / sold;
      List<byte[]> pieces = new ArrayList<>();
      began = cpu();
      shard.machine.snapshot(pieces::add);
      double written = (cpu() - began) / 1e6;
      LotteryMachine other = new LotteryMachine();
      began = cpu();
      other.restore(pieces);
      System.out.printf(
          Locale.ROOT,
          "%,9d tickets of %,d players: %.1f µs one more, %.0f bytes of heap each; snapshot %,d"
              + " bytes in %,d pieces, %.1f ms to give, %.0f ms to read%n",
          sold,
          PLAYERS,
          micros,
          bytes,
          pieces.stream().mapToLong(piece -> piece.length).sum(),
          pieces.size(),
          written,
          (cpu() - began) / 1e6);
    }
    assertThat(shard.draw(draw).summary().sold()).isEqualTo(sold);
  }

  private int sell() {
    for (int i = 0; i < PART; i++) {
      PlayerId player = players.get(i % PLAYERS);
      byte[] command = shard.wager(player, draw, Shard.line(4, 1, 2)).encode();
      shard.machine.follow(shard.now, random, 0, command);
    }
    return PART;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
