package io.elottery.reports.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import org.junit.jupiter.api.Test;

class FenceGateTest {
  private final FenceGate gate = new FenceGate();

  @Test
  void anOldFenceIsRefusedForGood() {
    assertThat(gate.admits(Hemisphere.LEFT, 5)).isTrue();
    assertThat(gate.admits(Hemisphere.LEFT, 5)).isTrue();
    assertThat(gate.admits(Hemisphere.LEFT, 4)).isFalse();
    assertThat(gate.admits(Hemisphere.LEFT, 7)).isTrue();
    assertThat(gate.admits(Hemisphere.LEFT, 5)).isFalse();
  }

  @Test
  void theHemispheresDoNotShutEachOtherOut() {
    gate.admits(Hemisphere.RIGHT, 9);

    assertThat(gate.admits(Hemisphere.LEFT, 8)).isTrue();
    assertThat(gate.highest()).isEqualTo(9);
  }
}
