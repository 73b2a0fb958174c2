package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Six rounds in an idle time of six seconds. */
class SilenceTest {
  private final List<String> told = new ArrayList<>();
  private boolean lenient;
  private int seconds;
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new Silence(() -> lenient), new Ears());

  SilenceTest() {
    channel.freezeTime();
    Silence.watch(List.of(channel), channel.eventLoop(), Duration.ofSeconds(6));
  }

  @Test
  void silenceIsToldAndThatNothingIsSaid() {
    run(6);

    assertThat(told).containsExactly("2 WRITER", "3 WRITER", "4 WRITER", "5 WRITER", "6 READER");
  }

  @Test
  void whatComesAndLeavesCounts() {
    for (int i = 0; i < 20; i++) {
      run(1);
      channel.writeInbound(Unpooled.EMPTY_BUFFER);
      channel.writeOutbound(Unpooled.EMPTY_BUFFER);
    }

    assertThat(told).isEmpty();
  }

  @Test
  void besideAnotherConnectionOneMayBeSilentForLonger() {
    lenient = true;

    run(30);

    assertThat(told.get(0)).isEqualTo("10 WRITER");
    assertThat(told.get(told.size() - 1)).isEqualTo("30 READER");
    assertThat(told.stream().filter(each -> each.endsWith("READER")).count()).isOne();
  }

  @Test
  void withoutTheOtherOneItHasTheWholeTimeAgain() {
    lenient = true;
    run(9);
    lenient = false;
    told.clear();

    run(6);

    assertThat(told.get(0)).isEqualTo("10 WRITER");
    assertThat(told).doesNotContain("14 READER").contains("15 READER");
  }

  private void run(int rounds) {
    for (int i = 0; i < rounds; i++) {
      seconds++;
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  private final class Ears extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      String which = ((IdleStateEvent) event).state().name().replace("_IDLE", "");
      told.add(seconds + " " + which);
    }
  }
}
