package io.elottery.web.staff;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.rendering.HealthCsv;
import io.elottery.reports.rendering.HealthJson;
import io.elottery.reports.rendering.pdfbox.HealthPdf;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.HardWork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes files of what main tells about health: CSV, and a PDF off the HTTP loop, so that neither
 * main nor the loop draws pictures.
 */
public final class HealthFiles {
  private final HardWork work;

  /** Drawing with these threads. */
  public HealthFiles(HardWork work) {
    this.work = work;
  }

  /**
   * Main's answer in this format; a problem stays one.
   *
   * @param format {@code json}, {@code csv} or {@code pdf}; another is refused
   */
  public CompletableFuture<WebAnswer> of(OfficeAnswer answer, String format, WebRequest request) {
    if (!answer.isGood() || format.equals("json")) {
      return answer.toWeb().now();
    }
    HealthReport report;
    try {
      report = HealthJson.parse(answer.body());
    } catch (MalformedMessage newer) {
      return Problem.unavailable("Main tells health in a way this gateway does not know yet.")
          .answer()
          .now();
    }
    return switch (format) {
      case "csv" -> WebAnswer.csv(200, HealthCsv.of(report)).asFile("health.csv").now();
      case "pdf" -> pdf(report, request);
      default ->
          Problem.of(
                  400, "INVALID", "This request is not right", "Expected format json, csv or pdf.")
              .answer()
              .now();
    };
  }

  private CompletableFuture<WebAnswer> pdf(HealthReport report, WebRequest request) {
    Optional<CompletableFuture<byte[]>> drawn = work.run(() -> HealthPdf.of(report));
    return drawn
        .map(
            bytes ->
                bytes.thenApplyAsync(
                    pdf -> new WebAnswer(200, "application/pdf", pdf).asFile("health.pdf"),
                    request.executor()))
        .orElseGet(
            () ->
                Problem.tooMuch("Too much is drawn at once.", Duration.ofSeconds(2))
                    .answer()
                    .now());
  }
}
