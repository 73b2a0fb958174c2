package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeMillisTest {
  private final List<Long> waited = new ArrayList<>();
  private final IoHandler handler =
      WholeMillis.of(executor -> new Waiting()).newHandler(ImmediateEventExecutor.INSTANCE);

  @Test
  void aTimerIsNeverWaitedForInPartsOfAMillisecond() {
    for (long delay : new long[] {1, 400_000, 999_999, 1_000_000, 1_000_001, 250_400_000}) {
      handler.run(new Delay(delay));
    }

    assertThat(waited)
        .containsExactly(1_000_000L, 1_000_000L, 1_000_000L, 1_000_000L, 2_000_000L, 251_000_000L);
  }

  @Test
  void whatIsDueAndWhatNeverIsStaysSo() {
    for (long delay : new long[] {0, -5, Long.MAX_VALUE}) {
      handler.run(new Delay(delay));
    }

    assertThat(waited).containsExactly(0L, -5L, Long.MAX_VALUE);
  }

  private record Delay(long nanos) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return true;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return nanos;
    }

    @Override
    public long deadlineNanos() {
      return nanos;
    }
  }

  private final class Waiting implements IoHandler {
    @Override
    public int run(IoHandlerContext context) {
      waited.add(context.delayNanos(0));
      return 0;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
      return false;
    }
  }
}
