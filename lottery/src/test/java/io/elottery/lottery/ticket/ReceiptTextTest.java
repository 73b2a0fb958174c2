package io.elottery.lottery.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.rules.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReceiptTextTest {
  private static final List<String> POOLS =
      List.of("main", "bonus", "a", "z9", "", "Main", "\"", "é", "\u0001", "a\\b", "\uFB33");

  @Test
  void theTextIsTheCanonicalJsonOfTheTree() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Receipt receipt = receipt(random);

      assertThat(receipt.text())
          .as("seed %d", seed)
          .isEqualTo(CanonicalJson.write(receipt.toJson()));
    }
  }

  @Test
  void whatIsSignedIsTheDomainAndTheTextWithItsKeyAndWithoutSignature() {
    Receipt receipt = receipt(new Random(7));
    Octets key = Octets.wrap(bytes(new Random(8), 32));

    String expected =
        "elottery/receipt/v1\n" + CanonicalJson.text(receipt.toJson().with("key", key.base64()));

    assertThat(new String(unsealed(receipt).signedText(key), StandardCharsets.UTF_8))
        .isEqualTo(expected.replaceFirst(",\"signature\":\"[^\"]*\"", ""));
  }

  private static Receipt unsealed(Receipt receipt) {
    return new Receipt(
        receipt.ticket(),
        receipt.draw(),
        receipt.lines(),
        receipt.price(),
        receipt.position(),
        receipt.soldAt(),
        receipt.leaf(),
        receipt.salt(),
        Optional.empty());
  }

  private static Receipt receipt(Random random) {
    List<Line> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      TreeMap<String, List<Integer>> picks = new TreeMap<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        picks.put(
            POOLS.get(random.nextInt(random.nextBoolean() ? 2 : POOLS.size())),
            random.ints(random.nextInt(6), 0, 70).boxed().toList());
      }
      lines.add(new Line(picks));
    }
    return new Receipt(
        new TicketId(random.nextLong(), random.nextLong()),
        DrawRef.of("powerball", "TORM211126" + (random.nextBoolean() ? "" : "-2")),
        lines,
        Money.of(random.nextInt(1_000_000), "CAD"),
        random.nextInt(1_000_000),
        Instant.ofEpochMilli(1_795_000_000_000L + random.nextInt(1_000) * 500L),
        Octets.wrap(bytes(random, random.nextInt(300))),
        Octets.wrap(bytes(random, 16)),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new ReceiptSeal(Octets.wrap(bytes(random, 32)), Octets.wrap(bytes(random, 64)))));
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
