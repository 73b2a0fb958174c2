package io.elottery.lottery.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.lottery.checker.Finding.Kind;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each promise that a history can break, and those it keeps. */
final class HistoryTest {
  private static final PlayerId ANN = PlayerId.parse("TORC0001");
  private static final PlayerId BOB = PlayerId.parse("TORC0002");
  private static final TicketId A = new TicketId(1, 1);
  private static final TicketId B = new TicketId(2, 2);

  private final History history = new History();

  @BeforeEach
  void join() {
    history.add(new Observation.Joined(ANN, 1_000));
    history.add(new Observation.Joined(BOB, 1_000));
  }

  @Test
  void whatIsAcknowledgedAndThereIsClean() {
    sent(A);
    acknowledged(A, 5);
    acknowledged(A, 5);
    sent(B);
    acknowledged(B, 6);
    list(A, 5, B, 6);
    history.balance(ANN, 400, 50, 650);
    history.conserved("TOR CAD", 2_000, 2_000);

    assertThat(history.findings()).isEmpty();
    assertThat(history.isClean()).isTrue();
    assertThat(history.counts()).isEqualTo(new History.Counts(2, 2, 0, 0));
  }

  @Test
  void whatIsAcknowledgedAndNotThereIsLost() {
    sent(A);
    acknowledged(A, 5);
    list();

    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void whatIsAcknowledgedWhileTheListIsMadeMayBeMissingFromIt() {
    sent(A);
    history.reading(ANN);
    acknowledged(A, 5);
    history.read(ANN);

    assertThat(history.isClean()).isTrue();
    list();
    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void anotherReceiptIsAChange() {
    sent(A);
    acknowledged(A, 5);
    acknowledged(A, 6);

    assertThat(kinds()).containsExactly(Kind.CHANGED);
  }

  @Test
  void aReceiptThatIsShownLaterIsTheOneThatWasGiven() {
    sent(A);
    acknowledged(A, 5);
    history.shown(A, Proof.unseen(5, 200));
    assertThat(history.isClean()).isTrue();

    history.shown(A, new Proof(5, 200, "another"));
    assertThat(kinds()).containsExactly(Kind.CHANGED);
    assertThat(history.acknowledgedOf(ANN)).containsExactly(A);
  }

  @Test
  void whatWasRefusedMustNotBeThere() {
    sent(A);
    history.add(new Observation.Refused(A, "DRAW_CLOSED"));
    list(A, 5);

    assertThat(kinds()).containsExactly(Kind.REFUSED_THERE);
  }

  @Test
  void whatWasNeverAnsweredIsThereOnceOrNever() {
    sent(A);
    list();
    assertThat(history.isClean()).isTrue();

    assertThat(list(A, 5)).isEqualTo(1);
    assertThat(history.isClean()).isTrue();
    list(A, 5, A, 5);
    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void whatNobodyAskedForIsAPhantom() {
    list(A, 5);

    assertThat(kinds()).containsExactly(Kind.PHANTOM);
  }

  @Test
  void whatIsAcknowledgedBeforeAnotherIsSentStandsBeforeIt() {
    sent(A);
    acknowledged(A, 5);
    sent(B);
    acknowledged(B, 4);

    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER);
  }

  @Test
  void thoseUnderWayTogetherMayStandInAnyOrder() {
    sent(A);
    sent(B);
    acknowledged(A, 5);
    acknowledged(B, 4);

    assertThat(history.isClean()).isTrue();
  }

  @Test
  void twoAtOnePositionAreFound() {
    sent(A);
    sent(B);
    acknowledged(A, 5);
    acknowledged(B, 5);

    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void moneyThatIsNotThereIsFound() {
    history.balance(BOB, 200, 0, 900);
    history.conserved("TOR CAD", 2_000, 1_999);

    assertThat(kinds()).containsExactly(Kind.MONEY, Kind.MONEY);
  }

  @Test
  void aJournalIsReadAsItWasWritten() {
    List<Observation> all =
        List.of(
            new Observation.Joined(ANN, 1_000),
            new Observation.Sent(A, "TOR", ANN),
            new Observation.Acknowledged(A, new Proof(5, 200, "0123456789abcdef")),
            new Observation.Refused(B, "DRAW_FULL"));
    StringBuilder text = new StringBuilder(JournalLines.FORMAT).append('\n');
    all.forEach(each -> text.append(JournalLines.line(each)));

    assertThat(JournalLines.parse(text.toString())).isEqualTo(new JournalLines(all, false));
    assertThat(JournalLines.parse(text.substring(0, text.length() - 3)))
        .isEqualTo(new JournalLines(all.subList(0, 3), true));
    assertThatThrownBy(() -> JournalLines.parse(text.toString().replace("TOR ", "TAR ")))
        .hasMessageContaining("line 3");
  }

  @Test
  void aJournalsBytesStayAsTheyAre() {
    assertThat(JournalLines.line(new Observation.Sent(A, "TOR", ANN)))
        .isEqualTo("sent 00000000000000010000000000000001 TOR TORC0001 7c04e875\n");
  }

  private void sent(TicketId ticket) {
    history.add(new Observation.Sent(ticket, "TOR", ANN));
  }

  private void acknowledged(TicketId ticket, long position) {
    history.add(new Observation.Acknowledged(ticket, proof(position)));
  }

  private int list(Object... ticketsAndPositions) {
    history.reading(ANN);
    for (int i = 0; i < ticketsAndPositions.length; i += 2) {
      int position = (Integer) ticketsAndPositions[i + 1];
      history.listed(ANN, (TicketId) ticketsAndPositions[i], proof(position));
    }
    return history.read(ANN);
  }

  private static Proof proof(long position) {
    return new Proof(position, 200, "at " + position);
  }

  private List<Kind> kinds() {
    return history.findings().stream().map(Finding::kind).toList();
  }
}
