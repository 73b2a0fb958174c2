package io.elottery.controller.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DossierTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Trouble DOWN =
      new Trouble(
          "SERVER_DOWN",
          "worker-7",
          Priority.CRITICAL,
          NOON,
          "worker-7 is down",
          "none",
          Optional.of("ZOOKEEPER_AWAY:zookeeper"),
          List.of("worker-1: silent"),
          "moved",
          "look");
  private static final Dossier DOSSIER =
      Dossier.blank(DOWN.key())
          .telling(new Alert(Stage.BEGUN, NOON, DOWN), new TreeSet<>(List.of("w-1", "w-2")));
  private static final String GOLDEN =
      "01145345525645525f444f574e3a776f726b65722d37010b5345525645525f444f574e08776f726b"
          + "65722d3700000001a1fdfa460010776f726b65722d3720697320646f776e046e6f6e65185a4f4f4b"
          + "45455045525f415741593a7a6f6f6b65657065720110776f726b65722d313a2073696c656e74056d"
          + "6f766564046c6f6f6b0100000001a1fdfa46000b5345525645525f444f574e08776f726b65722d37"
          + "00000001a1fdfa460010776f726b65722d3720697320646f776e046e6f6e65185a4f4f4b45455045"
          + "525f415741593a7a6f6f6b65657065720110776f726b65722d313a2073696c656e74056d6f766564"
          + "046c6f6f6b0203772d3103772d32";

  @Test
  void recordIsReadAsItWasWritten() throws Exception {
    assertThat(Dossier.decode(DOSSIER.encode())).isEqualTo(DOSSIER);
  }

  @Test
  void recordOfThisFormatStaysReadable() throws Exception {
    assertThat(HexFormat.of().formatHex(DOSSIER.encode())).isEqualTo(GOLDEN);
    assertThat(Dossier.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(DOSSIER);
  }

  @Test
  void damagedRecordIsRefused() {
    byte[] whole = DOSSIER.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Dossier.decode(cut)).isInstanceOf(MalformedMessage.class);
    }
    SimRandom random = new SimRandom(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] altered = whole.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(Dossier.decode(altered)).isNotNull();
      } catch (MalformedMessage refused) {
        assertThat(refused).hasMessageNotContainingAny("null");
      }
    }
  }

  @Test
  void whoWasToldIsNotPendingAnyMore() {
    String id = DOSSIER.pending().get(0).alert().id();

    assertThat(DOSSIER.told(id, "w-1").pending().get(0).webhooks()).containsExactly("w-2");
    assertThat(DOSSIER.told(id, "w-1").told(id, "w-2").pending()).isEmpty();
    assertThat(DOSSIER.told("msg_other", "w-1")).isEqualTo(DOSSIER);
  }

  @Test
  void bodySaysEverythingOfTheTrouble() {
    String body =
        new String(
            DOSSIER.pending().get(0).alert().body(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(body)
        .contains("\"type\":\"trouble.begun\"", "\"at\":\"2026-11-21T12:00:00Z\"")
        .contains("\"key\":\"SERVER_DOWN:worker-7\"", "\"severity\":\"CRITICAL\"")
        .contains("\"cause\":\"ZOOKEEPER_AWAY:zookeeper\"", "worker-1: silent");
  }

  @Test
  void endlessWordsAreCut() {
    Trouble talkative =
        new Trouble(
            "SERVER_DOWN",
            "worker-7",
            Priority.CRITICAL,
            NOON,
            "x".repeat(10_000),
            "",
            Optional.empty(),
            java.util.Collections.nCopies(500, "y".repeat(5_000)),
            "",
            "");

    assertThat(new Alert(Stage.BEGUN, NOON, talkative).body().length).isLessThan(6_000);
  }
}
