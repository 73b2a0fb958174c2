package io.elottery.lottery.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.answer.HistoryItem.About;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.TicketId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiaryTest {
  private static final About TICKET =
      new About(new TicketId(1, 2), DrawRef.of("mini", "OTWM211126"));

  private final Diary diary = new Diary();

  @Test
  void notesAreReadAsTheyWereWritten() throws MalformedMessage {
    List<Diary.Note> notes =
        List.of(
            new Diary.Note(Kind.REGISTERED, 1, 1_000, Optional.empty(), 10_000),
            sign(2, 1_000),
            new Diary.Note(Kind.RESERVED, 3, 2_000, Optional.of(TICKET), -300),
            new Diary.Note(Kind.SEALED, 7, 2_500, Optional.of(TICKET), 0));
    notes.forEach(diary::add);

    Diary other = new Diary();
    other.read(new WireReader(written(diary)));
    other.add(sign(8, 2_500));

    assertThat(diary.notes()).isEqualTo(notes);
    assertThat(other.notes()).startsWith(notes.toArray(Diary.Note[]::new)).hasSize(5);
    assertThat(other.length()).as("some bytes for a sign-in").isLessThan(diary.length() + 10);
  }

  @Test
  void theOldGoButTheRegistrationStays() {
    diary.add(new Diary.Note(Kind.REGISTERED, 1, 1_000, Optional.empty(), 10_000));
    diary.add(sign(2, 2_000));
    diary.add(sign(3, 3_000));
    int length = diary.length();

    diary.forget(1_999);
    assertThat(diary.length()).isEqualTo(length);
    diary.forget(2_000);

    assertThat(diary.notes())
        .extracting(Diary.Note::position, Diary.Note::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 1_000L),
            org.assertj.core.groups.Tuple.tuple(3L, 3_000L));
  }

  @Test
  void signingInOverAndOverIsBoundedAndLosesNothingElse() {
    diary.add(new Diary.Note(Kind.RESERVED, 1, 1_000, Optional.of(TICKET), -300));
    for (int i = 0; i < Diary.SIGNS_MAX; i++) {
      diary.add(sign(i + 2, 2_000 + i));
    }
    assertThat(diary.notes()).hasSize(Diary.SIGNS_MAX + 1);

    diary.add(sign(9_999, 9_999_999));

    assertThat(diary.notes()).hasSize(Diary.SIGNS_MAX / 2 + 2);
    assertThat(diary.notes().get(0).kind()).isEqualTo(Kind.RESERVED);
    assertThat(diary.notes().get(Diary.SIGNS_MAX / 2 + 1).position()).isEqualTo(9_999);
  }

  @Test
  void whatIsNoDiaryIsMalformed() {
    diary.add(new Diary.Note(Kind.RESERVED, 1, 1_000, Optional.of(TICKET), -300));
    byte[] whole = written(diary);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    cut[0]--;
    byte[] bought = whole.clone();
    bought[1] = (byte) Kind.BOUGHT.ordinal();

    assertThatThrownBy(() -> new Diary().read(new WireReader(cut)))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> new Diary().read(new WireReader(bought)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("BOUGHT");
    assertThatThrownBy(() -> new Diary.Note(Kind.WON, 1, 1, Optional.empty(), 5))
        .isInstanceOf(InvariantViolation.class);
  }

  private static Diary.Note sign(long position, long at) {
    return new Diary.Note(Kind.SIGNED_IN, position, at, Optional.empty(), 0);
  }

  private static byte[] written(Diary diary) {
    WireWriter out = new WireWriter();
    diary.write(out);
    return out.toBytes();
  }
}
