package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.heartbeat.link.Channel;
import org.junit.jupiter.api.Test;

/** What is not Linux, or cannot load Netty's library, has the JDK's selectors. */
class SelectorsTest {
  @Test
  void linksAreTheSameWithoutEpoll() throws Exception {
    try (TwoEnds ends = new TwoEnds(false)) {
      NettyLinks high = ends.listener();
      NettyLinks low = ends.dialler(high.listening());
      await().until(() -> low.up(TwoEnds.LINK, Channel.IMPULSE));
      await().until(() -> high.up(TwoEnds.LINK, Channel.IMPULSE));

      low.impulses().send(TwoEnds.HIGH, TwoEnds.text("beat"));

      await().until(() -> ends.impulses.envelopes.size() == 1);
      assertThat(ends.impulses.envelopes).containsExactly(TwoEnds.text("beat"));
      high.close();
      await().until(() -> ends.log.events.contains("refused " + TwoEnds.LINK));
    }
  }
}
