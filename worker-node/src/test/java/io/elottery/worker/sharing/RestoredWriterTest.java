package io.elottery.worker.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who writes goes home once home is there again, neighbour or not. */
final class RestoredWriterTest {
  private static final NodeId SELF = NodeId.of("worker-1");
  private static final NodeId HOME = NodeId.of("worker-2");

  private final Sharing sharing = new Sharing(SharingConfig.STANDARD);
  private long now = 1;

  @Test
  void aPreferredWriterThatWasAwayGetsItsShardBackSecondsAfterItCaughtUp() {
    look(false, List.of());
    assertThat(look(true, List.of())).isEmpty();
    pass(4);
    assertThat(look(true, List.of())).isEmpty();
    pass(2);

    assertThat(look(true, List.of())).map(Sharing.Move::to).contains(HOME);
  }

  @Test
  void oneThatComesAndGoesWaits() {
    look(false, List.of());
    look(true, List.of());
    pass(4);
    look(false, List.of());
    pass(2);

    assertThat(look(true, List.of())).isEmpty();
  }

  @Test
  void whoIsPreferredFromNowOnGetsTheShardThoughNobodyWasAway() {
    Sharing.Written own = new Sharing.Written(0, List.of(HOME), SELF, true);
    assertThat(sharing.look(now, SELF, 100, List.of(own), List.of())).isEmpty();
    assertThat(look(true, List.of())).isEmpty();
    pass(6);

    assertThat(look(true, List.of())).map(Sharing.Move::to).contains(HOME);
  }

  @Test
  void oneThatIsBusyOrRestsGetsNothing() {
    look(false, List.of());
    look(true, List.of());
    pass(10);

    assertThat(look(true, List.of(new Sharing.Neighbour(HOME, 800, false)))).isEmpty();
    assertThat(look(true, List.of(new Sharing.Neighbour(HOME, 0, true)))).isEmpty();
    assertThat(look(true, List.of(new Sharing.Neighbour(HOME, 0, false)))).isPresent();
  }

  private Optional<Sharing.Move> look(boolean ready, List<Sharing.Neighbour> neighbours) {
    Sharing.Written written = new Sharing.Written(0, List.of(HOME), HOME, ready);
    return sharing.look(now, SELF, 100, List.of(written), neighbours);
  }

  private void pass(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}
