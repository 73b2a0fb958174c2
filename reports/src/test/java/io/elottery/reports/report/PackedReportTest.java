package io.elottery.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class PackedReportTest {
  private static final Report REPORT =
      new Report(
          NodeId.of("worker-1"),
          17,
          9,
          Instant.parse("2026-11-21T14:00:05.120Z"),
          Priority.CRITICAL,
          true,
          false,
          Verdict.UP,
          List.of("worker-2: TRUSTED → SUSPECT, connection closed"),
          Load.NONE,
          List.of(),
          List.of(),
          Optional.empty());
  private static final String GOLDEN =
      "0008776f726b65722d31fd02a36a32b7c499cc4df50c8dd093393cef5390cee1d16d052b72081466"
          + "4ad87386ae2196ac61809e350c307284015a8e20941d50cb1800";

  @Test
  void packedReportIsTheseBytesAndBack() throws MalformedMessage {
    assertThat(HexFormat.of().formatHex(REPORT.pack())).startsWith("00" + "08776f726b65722d31");
    assertThat(Report.unpack(HexFormat.of().parseHex(GOLDEN))).isEqualTo(REPORT);
    assertThat(ReportHead.peek(REPORT.pack()))
        .isEqualTo(new ReportHead(REPORT.worker(), Priority.CRITICAL));
  }

  @Test
  void itIsAThirdOfItsJson() {
    assertThat(REPORT.pack().length * 3).isLessThan(REPORT.toJson().length);
  }

  @Test
  void anotherHeadThanTheReportsIsRefused() {
    byte[] milder = REPORT.pack();
    milder[0] = 3;
    byte[] another = REPORT.pack();
    another[9] = '7';
    byte[] louder = REPORT.pack();
    louder[0] = 4;

    assertThatThrownBy(() -> Report.unpack(milder)).hasMessageContaining("not what was said");
    assertThatThrownBy(() -> Report.unpack(another)).hasMessageContaining("not what was said");
    assertThatThrownBy(() -> Report.unpack(louder)).hasMessageContaining("priority 4");
  }

  @Test
  void lengthIsThatOfTheJsonAndBounded() {
    byte[] zeros = new byte[Report.BYTES_MAX + 1];
    Arrays.fill(zeros, (byte) ' ');

    assertThatThrownBy(() -> Report.unpack(of(zeros, zeros.length)))
        .hasMessageContaining("at most");
    assertThatThrownBy(() -> Report.unpack(of(zeros, 1_000))).hasMessageContaining("length said");
    assertThatThrownBy(() -> Report.unpack(of(REPORT.toJson(), REPORT.toJson().length + 1)))
        .isInstanceOf(MalformedMessage.class);
    byte[] more = Arrays.copyOf(REPORT.pack(), REPORT.pack().length + 1);
    assertThatThrownBy(() -> Report.unpack(more)).hasMessageContaining("length said");
  }

  @Test
  void plainJsonIsNoPackedReport() {
    assertThatThrownBy(() -> Report.unpack(REPORT.toJson())).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void fuzzedBytesAreAReportOrMalformed() {
    byte[] packed = REPORT.pack();
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      byte[] body = Arrays.copyOf(packed, random.nextInt(packed.length) + 1 + random.nextInt(9));
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        Report report = Report.unpack(body);
        assertThat(ReportHead.peek(body).worker()).as("seed %d", seed).isEqualTo(report.worker());
      } catch (MalformedMessage expected) {
        assertThat(expected).as("seed %d", seed).hasMessageContaining("");
      }
    }
  }

  // Without the dictionary, which nothing needs that does not refer to it.
  private static byte[] of(byte[] json, int said) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(json);
    deflater.finish();
    byte[] out = new byte[json.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return new WireWriter()
        .u8(0)
        .bytes("worker-1".getBytes(StandardCharsets.UTF_8))
        .varint(said)
        .raw(Arrays.copyOf(out, length))
        .toBytes();
  }
}
