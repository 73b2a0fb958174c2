package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How a shard grows with the tickets of one draw: processor time of one more, heap, snapshot. Run
 * by name only; figures in {@code docs/benchmarks.md}.
 */
final class GrowthBench {
  private static final int PART = 10_000;
  private static final int MOST = Integer.getInteger("growth.tickets", 1_000_000);

  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player(BranchId.of("TOR"), "anna", 1_000_000_000L);
  private final DrawRef draw = shard.onSale(MOST, Duration.ofHours(5));
  private final byte[] random = new byte[32];

  @Test
  void aTicketCostsTheSameHoweverManyThereAre() throws MalformedMessage {
    long empty = heap();
    int sold = 0;
    for (int tickets = PART; tickets <= MOST; tickets *= 10) {
      while (sold < tickets - PART) {
        sold += sell();
      }
      long began = cpu();
      sold += sell();
      double micros = (cpu() - began) / 1e3 / PART;
      double bytes = (double) (heap() - empty) / sold;
      began = cpu();
      byte[] snapshot = shard.machine.snapshot();
      double written = (cpu() - began) / 1e6;
      LotteryMachine other = new LotteryMachine();
      began = cpu();
      other.restore(snapshot);
      System.out.printf(
          Locale.ROOT,
          "%,9d tickets: %.1f µs one more, %.0f bytes of heap each; snapshot %,d bytes, %.0f ms to"
              + " write, %.0f ms to read%n",
          sold,
          micros,
          bytes,
          snapshot.length,
          written,
          (cpu() - began) / 1e6);
    }
    assertThat(shard.draw(draw).summary().sold()).isEqualTo(sold);
  }

  private int sell() {
    for (int i = 0; i < PART; i++) {
      byte[] command = shard.wager(anna, draw, Shard.line(4, 1, 2)).encode();
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
