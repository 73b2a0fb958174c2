package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.elottery.heartbeat.trunk.JoinRefused;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One enrolment call by a server that has no certificate yet. The main it talks to must prove
 * itself; {@code serverTrustOnly} decides whom to trust (the authority named in the token).
 */
public final class NettyJoin {
  private static final int LANE = 0;
  private static final long CALL = 1;

  private NettyJoin() {}

  /**
   * Asks once. The future completes on a connection's thread, exceptionally with {@link
   * JoinRefused} when main refused, with {@link IOException} when it was not reached or not
   * believed, with {@link TimeoutException}.
   */
  public static CompletableFuture<Envelope> call(
      Address main,
      SSLContext serverTrustOnly,
      Envelope request,
      Duration timeout,
      NettyRuntime runtime) {
    CompletableFuture<Envelope> result = new CompletableFuture<>();
    EventLoop loop = runtime.nextLoop();
    SslHandler tls = TrunkTls.dialling(serverTrustOnly, timeout);
    Sockets.connect(
            loop,
            OwnAddresses.ANY,
            main,
            timeout,
            channel -> {
              channel
                  .pipeline()
                  .addLast(tls)
                  .addLast(new FrameDecoder())
                  .addLast(new Caller(request, result));
              // One timer for all of it; whatever ends the call closes the connection.
              result
                  .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                  .whenComplete((answer, failed) -> channel.close());
            })
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                fail(result, main + " not reached: " + Reasons.of(done.cause()));
              }
            });
    return result;
  }

  private static void fail(CompletableFuture<Envelope> result, String why) {
    result.completeExceptionally(new IOException(why));
  }

  private static final class Caller extends SimpleChannelInboundHandler<Envelope> {
    private final Envelope request;
    private final CompletableFuture<Envelope> result;

    Caller(Envelope request, CompletableFuture<Envelope> result) {
      this.request = request;
      this.result = result;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event instanceof SslHandshakeCompletionEvent done) {
        if (done.isSuccess()) {
          ask(ctx);
        } else {
          fail(result, "TLS refused: " + Reasons.of(done.cause()));
        }
      }
      super.userEventTriggered(ctx, event);
    }

    private void ask(ChannelHandlerContext ctx) throws SSLPeerUnverifiedException {
      SslHandler tls = ctx.pipeline().get(SslHandler.class);
      Optional<Peer> main = TrunkTls.peer(tls.engine().getSession());
      if (main.isEmpty() || main.get().role() != Role.MAIN) {
        fail(result, "expected a main, its certificate says " + main.orElse(null));
        return;
      }
      byte[] body =
          new WireWriter(request.body().length + 12)
              .u8(LANE)
              .i64(CALL)
              .u16(request.kind())
              .u8(request.version())
              .raw(request.body())
              .toBytes();
      new Outbox(ctx.channel(), Integer.MAX_VALUE).send(new Envelope(Switchboard.REQUEST, 1, body));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Envelope envelope) {
      try {
        WireReader in = new WireReader(envelope.body());
        if (envelope.kind() == Switchboard.RESPONSE) {
          in.u8();
          in.i64();
          result.complete(new Envelope(in.u16(), in.u8(), in.rest()));
        } else if (envelope.kind() == Switchboard.REFUSAL) {
          in.u8();
          in.i64();
          result.completeExceptionally(new JoinRefused(in.text(), in.text()));
        }
      } catch (MalformedMessage malformed) {
        fail(result, Reasons.of(malformed));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
      fail(result, "closed by the other end before the answer");
      super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      fail(result, Reasons.of(cause));
    }
  }
}
