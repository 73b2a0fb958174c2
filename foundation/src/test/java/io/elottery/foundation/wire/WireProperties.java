package io.elottery.foundation.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireProperties {
  @Test
  void everyNumberComesBack() {
    Seeds.each(
        500,
        seed -> {
          SimRandom random = new SimRandom(seed);
          List<Long> numbers = new ArrayList<>();
          WireWriter out = new WireWriter();
          for (int i = 0; i < 50; i++) {
            long number = random.nextLong() >>> (1 + random.nextInt(63));
            numbers.add(number);
            out.varint(number).i64(-number);
          }
          WireReader in = new WireReader(out.toBytes());
          try {
            for (long number : numbers) {
              assertThat(in.varint()).isEqualTo(number);
              assertThat(in.i64()).isEqualTo(-number);
            }
            in.done();
          } catch (MalformedMessage wrong) {
            throw new AssertionError(wrong);
          }
        });
  }

  @Test
  void anyBytesAreReadOrRefusedButNeverCrash() {
    Seeds.each(
        20_000,
        seed -> {
          SimRandom random = new SimRandom(seed);
          WireReader in = new WireReader(random.bytes(random.nextInt(40)));
          try {
            while (in.remaining() > 0) {
              switch (random.nextInt(8)) {
                case 0 -> in.u8();
                case 1 -> in.bool();
                case 2 -> in.u16();
                case 3 -> in.i32();
                case 4 -> in.i64();
                case 5 -> assertThat(in.varint()).isNotNegative();
                case 6 -> in.text();
                default -> in.bytes();
              }
            }
            in.done();
          } catch (MalformedMessage refused) {
            assertThat(refused.getMessage()).isNotEmpty();
          }
        });
  }
}
