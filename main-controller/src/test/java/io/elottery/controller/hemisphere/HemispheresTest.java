package io.elottery.controller.hemisphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Lead;
import io.elottery.reports.view.HemisphereView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HemispheresTest {
  private static final NodeId SELF = NodeId.of("main-1");
  private static final NodeId OTHER = NodeId.of("main-2");

  private final Hemispheres halves = new Hemispheres(SELF);
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    halves.add(
        new Duty() {
          @Override
          public void begin(Hemisphere hemisphere, long fence) {
            told.add("begin " + hemisphere + " " + fence);
          }

          @Override
          public void end(Hemisphere hemisphere) {
            told.add("end " + hemisphere);
          }
        });
  }

  @Test
  void aNewerLeaderDeposesThisOne() {
    halves.elected(Hemisphere.LEFT, 3);

    assertThat(halves.heard(new Lead(Hemisphere.LEFT, OTHER, 2))).isFalse();
    assertThat(halves.coordinates()).isTrue();
    assertThat(halves.heard(new Lead(Hemisphere.LEFT, OTHER, 4))).isTrue();

    assertThat(halves.coordinates()).isFalse();
    assertThat(halves.lead(Hemisphere.LEFT).orElseThrow().leader()).isEqualTo(OTHER);
    assertThat(told).containsExactly("begin LEFT 3", "end LEFT");
  }

  @Test
  void anElectionUnderAnOldFenceIsIgnored() {
    halves.heard(new Lead(Hemisphere.RIGHT, OTHER, 9));

    halves.elected(Hemisphere.RIGHT, 8);

    assertThat(halves.acts(Hemisphere.RIGHT)).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void aMainThatActsForBothSaysSo() {
    halves.elected(Hemisphere.LEFT, 1);
    halves.elected(Hemisphere.RIGHT, 2);
    halves.candidates(Hemisphere.LEFT, List.of(SELF, OTHER));

    List<HemisphereView> views = halves.views(id -> id.equals(SELF));

    assertThat(views.get(0).covers()).containsExactly(Hemisphere.LEFT, Hemisphere.RIGHT);
    assertThat(views.get(0).substitutes()).containsExactly(OTHER);
    assertThat(views.get(1).fence()).isEqualTo(2);
  }

  @Test
  void aMainWhoseFenceIsRefusedStepsDownAndDoubts() {
    List<Hemisphere> doubted = new ArrayList<>();
    halves.onDoubt(doubted::add);
    halves.elected(Hemisphere.LEFT, 7);

    halves.outdated(6, "worker-1");
    assertThat(halves.acts(Hemisphere.LEFT)).isTrue();
    halves.outdated(7, "worker-1");

    assertThat(halves.acts(Hemisphere.LEFT)).isFalse();
    assertThat(doubted).containsExactly(Hemisphere.LEFT);
    assertThat(told).containsExactly("begin LEFT 7", "end LEFT");
  }

  @Test
  void aMainThatSleptActsForNothingBeforeItStepsDown() {
    AtomicBoolean awake = new AtomicBoolean(true);
    Hemispheres sleeper = new Hemispheres(SELF, awake::get);
    sleeper.elected(Hemisphere.LEFT, 7);

    awake.set(false);

    assertThat(sleeper.acts(Hemisphere.LEFT)).isFalse();
    assertThat(sleeper.fence(Hemisphere.LEFT)).isEmpty();
  }

  @Test
  void aLeaderThatIsGoneIsNotShown() {
    halves.heard(new Lead(Hemisphere.LEFT, OTHER, 5));

    HemisphereView left = halves.views(id -> false).get(0);

    assertThat(left.leader()).isEmpty();
    assertThat(left.covers()).isEmpty();
    assertThat(left.fence()).isEqualTo(5);
  }
}
