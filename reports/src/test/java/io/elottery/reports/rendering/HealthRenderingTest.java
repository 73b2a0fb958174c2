package io.elottery.reports.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.rendering.pdfbox.HealthPdf;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** {@code -Dpdf.out=DIR} keeps the documents, to look at. */
class HealthRenderingTest {
  private final HealthReport day = BadDay.of(8);

  @Test
  void theHeadlineSaysTheWorstFirst() {
    assertThat(day.headline())
        .isEqualTo(
            "1 of 8 servers was down: worker-3 (21 min, 2 times). Of 32 directions of links 2 were"
                + " bad and 2 were disturbed for a while.");
    assertThat(BadDay.empty().headline()).isEqualTo("Nothing was recorded in this time.");
  }

  @Test
  void aReportIsReadFromItsJson() throws MalformedMessage {
    HealthReport read = HealthJson.parse(HealthJson.of(day));

    assertThat(HealthJson.of(read)).isEqualTo(HealthJson.of(day));
    assertThat(read.servers().get(2).verdicts().millis(Verdict.DOWN)).isEqualTo(21 * 60_000);
    assertThat(read.links().get(0).colour()).isEqualTo(LinkHealth.Colour.RED);
  }

  @Test
  void csvHasOneRowForEachServerAndDirectionWithTheSameCells() {
    List<String> rows = HealthCsv.of(day).lines().toList();

    assertThat(rows).hasSize(1 + 8 + 32);
    assertThat(rows).allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(36));
    assertThat(rows.get(3))
        .startsWith("server,2026-11-20T11:00:00Z,2026-11-21T11:00:00Z,worker-3,");
  }

  @Test
  void thePdfSaysWhatTheReportSays() throws IOException {
    String text = text("day.pdf", HealthPdf.of(day));

    assertThat(text)
        .contains("Health of the network")
        .contains("20 Nov 2026 11:00 – 21 Nov 2026 11:00 UTC")
        .contains("1 of 8 servers was down: worker-3")
        .contains("Servers over time", "Links", "Figures by server", "Links that were not well")
        .contains("worker-1 hears worker-2")
        .contains("Page 1 of 3", "Page 3 of 3", "made by main-1");
  }

  @Test
  void manyServersTakeManyPagesAndNoneIsFineToo() throws IOException {
    assertThat(text("many.pdf", HealthPdf.of(BadDay.of(60)))).contains("worker-60");
    assertThat(text("empty.pdf", HealthPdf.of(BadDay.empty())))
        .contains("Nothing was recorded in this time.", "Page 1 of 1");
  }

  private static String text(String name, byte[] pdf) throws IOException {
    String out = System.getProperty("pdf.out");
    if (out != null) {
      Files.write(Path.of(out).resolve(name), pdf);
    }
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }
}
