package io.elottery.reports.history;

import static io.elottery.reports.history.Told.W1;
import static io.elottery.reports.history.Told.W2;
import static io.elottery.reports.history.Told.at;
import static io.elottery.reports.history.Told.judged;
import static io.elottery.reports.history.Told.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.verdict.Verdict;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthRecorderTest {
  private final HealthRecorder recorder = new HealthRecorder(at(0));

  @Test
  void aMinuteEndsWithTheClockAndHoldsTheShareOfEachVerdict() {
    Optional<HealthBucket> ended = Optional.empty();
    for (int second = 1; second <= 60 && ended.isEmpty(); second++) {
      // DOWN since second 20.5, seen at 21.
      ended =
          recorder.tick(
              second <= 20 ? judged(Verdict.UP, 0) : judged(Verdict.DOWN, 20.5), at(second));
    }

    HealthBucket minute = ended.orElseThrow();
    VerdictTimes times = of(minute, W1).verdicts();
    assertThat(minute.start()).isEqualTo(Told.START);
    assertThat(minute.isWhole()).isTrue();
    assertThat(times.millis(Verdict.UP)).isEqualTo(20_500);
    assertThat(times.millis(Verdict.DOWN)).isEqualTo(38_500);
  }

  @Test
  void countersCountByWhatTheyGrewAndAnewAfterARestart() {
    recorder.observe(report(1, 5, Told.well(100, 7)), at(5));
    recorder.observe(report(2, 10, Told.well(110, 9)), at(10));
    recorder.observe(report(3, 15, Told.well(4, 1)), at(15));

    LinkHealth link = link();
    assertThat(link.heard()).isEqualTo(14);
    assertThat(link.lost()).isEqualTo(3);
    assertThat(link.roundTrip().count()).isEqualTo(3);
    assertThat(of(recorder.open(), W1).reports()).isEqualTo(3);
  }

  @Test
  void aLinkIsClosedSilentOrHeardOneWayForAsLongAsTheReportSpeaksFor() {
    recorder.observe(report(1, 0, Told.well(1, 0)), at(0));
    recorder.observe(report(2, 5, Told.neighbour(9, 0, Trust.TRUSTED, false, true)), at(5));
    recorder.observe(report(3, 10, Told.neighbour(19, 0, Trust.SUSPECT, true, true)), at(10));
    recorder.observe(report(4, 15, Told.neighbour(29, 0, Trust.TRUSTED, true, false)), at(15));
    recorder.observe(report(5, 300, Told.well(39, 0)), at(300));

    LinkHealth link = link();
    assertThat(link.closedMillis()).isEqualTo(5_000);
    assertThat(link.silentMillis()).isEqualTo(5_000);
    assertThat(link.oneWayMillis()).isEqualTo(5_000);
    // Nobody knows how it was between the last two.
    assertThat(link.knownMillis()).isEqualTo(15_000 + HealthRecorder.SPEAKS_FOR_MAX.toMillis());
    assertThat(link.colour()).isEqualTo(LinkHealth.Colour.RED);
  }

  @Test
  void whatWasOvertakenAndWhatComesTwiceCountsOnce() {
    recorder.observe(report(2, 5, Told.well(10, 0)), at(5));
    recorder.observe(report(1, 4, Told.well(8, 0)), at(6));
    recorder.observe(report(2, 5, Told.well(10, 0)), at(7));

    assertThat(of(recorder.open(), W1).reports()).isEqualTo(1);
  }

  @Test
  void aClockSetBackMakesTheMinuteLongerAndSetFarBackBeginsAnother() {
    recorder.tick(Map.of(), at(30));

    assertThat(recorder.tick(Map.of(), at(-30))).isEmpty();
    assertThat(recorder.open().start()).isEqualTo(Told.START);
    assertThat(recorder.tick(Map.of(), at(-7_200))).isPresent();
    assertThat(recorder.open().start()).isEqualTo(Told.START.minusSeconds(7_200));
  }

  @Test
  void aBucketIsReadAsItWasWritten() throws MalformedMessage {
    recorder.observe(report(1, 5, Told.well(100, 7)), at(5));
    recorder.tick(judged(Verdict.SLOW, 0), at(6));
    recorder.missing(new ReportNumbers.Gap(W2, 1, 3, 5, Told.START));
    HealthBucket bucket = recorder.open();

    HealthBucket read = HealthBucket.parse(bucket.toBytes());

    assertThat(read).isEqualTo(bucket);
    assertThat(of(read, W2).missing()).isEqualTo(3);
    assertThat(HealthBucket.label(bucket.toBytes()).start()).isEqualTo(Told.START);
  }

  @Test
  void ofTwoAccountsTheFullerOneCounts() {
    recorder.observe(report(1, 5, Told.well(100, 7)), at(5));
    HealthBucket half = recorder.open();
    recorder.observe(report(2, 10, Told.well(110, 7)), at(10));
    HealthBucket more = recorder.open();

    assertThat(of(half.completedBy(more), W1).reports()).isEqualTo(2);
    assertThat(of(more.completedBy(half), W1).reports()).isEqualTo(2);
  }

  private LinkHealth link() {
    return recorder.open().links().getOrDefault(new LinkName(W1, W2), LinkHealth.NONE);
  }

  private static ServerHealth of(HealthBucket bucket, NodeId server) {
    return bucket.servers().getOrDefault(server, ServerHealth.NONE);
  }
}
