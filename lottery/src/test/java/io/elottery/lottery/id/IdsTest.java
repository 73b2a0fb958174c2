package io.elottery.lottery.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void drawIdIsBranchSlotDateAndNumber() {
    DrawId id = DrawId.parse("TORM211126");

    assertThat(id.branch()).isEqualTo(BranchId.of("TOR"));
    assertThat(id.slot()).isEqualTo(Slot.MORNING);
    assertThat(id.date()).isEqualTo(LocalDate.of(2026, 11, 21));
    assertThat(id.number()).isEqualTo(1);
    assertThat(id.withNumber(12)).hasToString("TORM211126-12");
    for (String text : List.of("TORM211126", "MTLA010100", "OTWE311299-2", "TORE290228-999999")) {
      assertThat(DrawId.parse(text)).hasToString(text);
    }
  }

  @Test
  void drawIdHasOneTextOnly() {
    for (String text :
        List.of(
            "",
            "TORM21112",
            "TORX211126",
            "TORM310226",
            "TORM290227",
            "torM211126",
            "TORM211126-1",
            "TORM211126-0",
            "TORM211126-02",
            "TORM211126-1000000",
            "TORM211126-",
            "TORM211126 ")) {
      assertThatThrownBy(() -> DrawId.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void drawsOrderByTimeThenNumber() {
    TreeSet<DrawRef> draws = new TreeSet<>();
    List<String> expected =
        List.of(
            "b:TORE201126",
            "a:TORM211126",
            "b:TORM211126",
            "a:TORM211126-2",
            "a:TORM211126-10",
            "a:TORA211126",
            "a:TORM221126");
    expected.forEach(text -> draws.add(DrawRef.parse(text)));

    assertThat(draws).extracting(DrawRef::toString).containsExactlyElementsOf(expected);
  }

  @Test
  void playerIdsHaveAtLeastFourDigits() {
    for (String text : List.of("TORC0001", "TORM0042", "MTLC9999", "TORC10000")) {
      assertThat(PlayerId.parse(text)).hasToString(text);
    }
    for (String text : List.of("TORC1", "TORC0000", "TORC00001", "TORX0001", "TORC0001x")) {
      assertThatThrownBy(() -> PlayerId.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(PlayerId.parse("TORM0001").isOperator()).isTrue();
  }

  @Test
  void ticketIdIsAHashOfPlayerDrawAndKey() {
    PlayerId anna = PlayerId.parse("TORC0001");
    DrawRef draw = DrawRef.of("lotto649", "TORM211126");
    TicketId id = TicketId.of(anna, draw, RequestKey.of("k"));

    assertThat(id).hasToString("e9a931ba6880865a493e47900ea9b5dd");
    assertThat(TicketId.parse(id.toString())).isEqualTo(id);
    assertThat(TicketId.of(anna, draw, RequestKey.of("l"))).isNotEqualTo(id);
    assertThat(TicketId.of(PlayerId.parse("TORC0002"), draw, RequestKey.of("k"))).isNotEqualTo(id);
    assertThat(TicketId.of(anna, DrawRef.of("powerball", "TORM211126"), RequestKey.of("k")))
        .isNotEqualTo(id);
  }

  @Test
  void slotFollowsTheHour() {
    assertThat(Slot.ofHour(11)).isEqualTo(Slot.MORNING);
    assertThat(Slot.ofHour(12)).isEqualTo(Slot.AFTERNOON);
    assertThat(Slot.ofHour(18)).isEqualTo(Slot.EVENING);
  }

  @Test
  void impossibleNamesAreRefused() {
    List.of("to", "TORO", "tor", "T0R")
        .forEach(
            code -> assertThatThrownBy(() -> BranchId.of(code)).hasMessageContaining("like TOR"));
    List.of("", "6aus49", "Lotto", "a".repeat(33))
        .forEach(
            name -> assertThatThrownBy(() -> GameName.of(name)).hasMessageContaining("a-z first"));
    List.of("", " ", "a b", "é", "x".repeat(129))
        .forEach(key -> assertThatThrownBy(() -> RequestKey.of(key)).hasMessageContaining("key"));
    List.of("", "left", "1A", "A".repeat(33))
        .forEach(
            name -> assertThatThrownBy(() -> PartyName.of(name)).hasMessageContaining("A-Z first"));
  }
}
