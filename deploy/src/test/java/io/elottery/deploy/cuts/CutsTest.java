package io.elottery.deploy.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {
  @Test
  void groupsAreCutBothWaysUnlessToldOtherwise() {
    Cuts both = Cuts.NONE.with(List.of("a", "b"), List.of("c"), false);
    Cuts oneWay = Cuts.NONE.with(List.of("a"), List.of("b"), true);

    assertThat(both.text()).isEqualTo("a c\nb c\nc a\nc b\n");
    assertThat(oneWay.isCut("a", "b")).isTrue();
    assertThat(oneWay.isCut("b", "a")).isFalse();
  }

  @Test
  void whatIsHealedIsGoneAndTheRestStays() {
    Cuts cuts = Cuts.NONE.with(List.of("a", "b"), List.of("c"), false);

    assertThat(cuts.without(List.of("c"), List.of("a")).text()).isEqualTo("b c\nc b\n");
  }

  @Test
  void aServerIsNeverCutFromItself() {
    assertThat(Cuts.NONE.with(List.of("a", "b"), List.of("b"), false).text())
        .isEqualTo("a b\nb a\n");
  }

  @Test
  void textIsReadBack() {
    Cuts cuts = Cuts.NONE.with(List.of("main-1"), List.of("worker-1", "worker-2"), false);

    assertThat(Cuts.parse(cuts.text())).isEqualTo(cuts);
    assertThatThrownBy(() -> Cuts.parse("main-1")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRouteIsReadBack() {
    for (String text :
        List.of("@127.0.0.1:1>worker-1@127.0.0.1:2", "main-1@127.0.0.1:3>zookeeper-1@h:4")) {
      assertThat(Route.parse(text).toString()).isEqualTo(text);
    }
    assertThatThrownBy(() -> Route.parse("a>b")).isInstanceOf(IllegalArgumentException.class);
  }
}
