package io.elottery.controller.hemisphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidacyTest {
  private static final NodeId SELF = NodeId.of("main-1");
  private static final List<NodeId> OTHER = List.of(NodeId.of("main-2"));

  @Test
  void theMainMeantForTheHalfStandsAtOnceAndForGood() {
    Candidacy candidacy = new Candidacy(Hemisphere.LEFT, Preference.LEFT, SELF);

    assertThat(candidacy.shouldStand(false, false, List.of())).isTrue();
    assertThat(candidacy.shouldStand(true, true, OTHER)).isTrue();
  }

  @Test
  void aSubstituteLetsTheMainMeantForItComeFirst() {
    Candidacy candidacy = new Candidacy(Hemisphere.LEFT, Preference.BOTH, SELF);

    assertThat(candidacy.shouldStand(false, false, List.of())).isFalse();
    assertThat(candidacy.shouldStand(false, false, OTHER)).isTrue();
    assertThat(candidacy.shouldStand(true, true, List.of(SELF))).isTrue();
  }

  @Test
  void aSubstituteStandsWhenNobodyComes() {
    Candidacy candidacy = new Candidacy(Hemisphere.RIGHT, Preference.BOTH, SELF);
    int asks = 0;
    while (!candidacy.shouldStand(false, false, List.of())) {
      asks++;
    }

    assertThat(asks).isBetween(4, 12);
  }

  @Test
  void theOtherHalfCoversOnlyWhileNobodyElseIsThere() {
    Candidacy candidacy = new Candidacy(Hemisphere.RIGHT, Preference.LEFT, SELF);

    assertThat(candidacy.shouldStand(false, false, OTHER)).isFalse();
    boolean stands = false;
    for (int ask = 0; ask < 20; ask++) {
      stands = candidacy.shouldStand(stands, stands, stands ? List.of(SELF) : List.of());
    }
    assertThat(stands).isTrue();
    List<NodeId> both = List.of(SELF, OTHER.get(0));
    assertThat(candidacy.shouldStand(true, true, both)).isTrue();
    while (stands) {
      stands = candidacy.shouldStand(true, false, both);
    }
    assertThat(candidacy.shouldStand(false, false, both)).isFalse();
  }

  @Test
  void aHalfWhoseMainsWereThereAndAreGoneIsCoveredAtOnce() {
    Candidacy candidacy = new Candidacy(Hemisphere.RIGHT, Preference.LEFT, SELF);
    assertThat(candidacy.shouldStand(false, false, OTHER)).isFalse();

    assertThat(candidacy.shouldStand(false, false, List.of())).isTrue();
  }
}
