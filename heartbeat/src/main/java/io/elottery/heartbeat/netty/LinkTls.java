package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.PskIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCrypto;

/**
 * TLS 1.3 under a pre-shared key, by Bouncy Castle's non-blocking protocol classes, as one handler:
 * records in, plain bytes out, and the other way round. All on the channel's event loop.
 *
 * <p>Fires {@link #SECURED} once. Each write becomes records of up to 16 KiB; writers put small
 * messages together first ({@link Outbox}).
 */
final class LinkTls extends ByteToMessageDecoder implements ChannelOutboundHandler {
  /** The handshake is complete: both ends hold the pair's key. */
  static final Object SECURED = new Object();

  private static final int HEADER = 5;
  private static final int PLAIN_MAX = 16 << 10;
  private static final int RECORD_MAX = PLAIN_MAX + 256; // RFC 8446 §5.2
  private static final int TYPE_FIRST = 20; // change_cipher_spec
  private static final int TYPE_LAST = 23; // application_data
  private static final int LENGTH_AT = 3;
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2}; // fatal, in clear, without its number

  private interface Start {
    void run() throws IOException;
  }

  private final TlsProtocol tls;
  private final Start start;
  private final PskPeers.Outcome outcome;
  private boolean started;
  private boolean secured;
  private boolean anythingCame;
  private boolean said; // anything, to the other end

  private LinkTls(TlsProtocol tls, Start start, PskPeers.Outcome outcome) {
    this.tls = tls;
    this.start = start;
    this.outcome = outcome;
  }

  static LinkTls dialling(TlsCrypto crypto, PskIdentity identity, byte[] key) {
    PskPeers.Outcome outcome = new PskPeers.Outcome();
    TlsClientProtocol protocol = new TlsClientProtocol();
    PskPeers.Dialler peer = new PskPeers.Dialler(crypto, identity, key, outcome);
    return new LinkTls(protocol, () -> protocol.connect(peer), outcome);
  }

  static LinkTls listening(TlsCrypto crypto, Function<PskIdentity, Optional<byte[]>> keys) {
    PskPeers.Outcome outcome = new PskPeers.Outcome();
    TlsServerProtocol protocol = new TlsServerProtocol();
    PskPeers.Listener peer = new PskPeers.Listener(crypto, keys, outcome);
    return new LinkTls(protocol, () -> protocol.accept(peer), outcome);
  }

  PskPeers.Outcome outcome() {
    return outcome;
  }

  /** False for a connection that was only opened and closed. */
  boolean anythingCame() {
    return anythingCame;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      begin(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    begin(ctx);
    super.channelActive(ctx);
  }

  private void begin(ChannelHandlerContext ctx) {
    if (!started) {
      started = true;
      try {
        start.run();
        drain(ctx);
        ctx.flush();
      } catch (IOException failed) {
        fail(ctx, failed);
      }
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    anythingCame = true;
    if (in.readableBytes() < HEADER) {
      return;
    }
    int type = in.getUnsignedByte(in.readerIndex());
    int length = in.getUnsignedShort(in.readerIndex() + LENGTH_AT);
    if (type < TYPE_FIRST || type > TYPE_LAST || length > RECORD_MAX || tls.isClosed()) {
      refuse(ctx, in, type);
      return;
    }
    if (in.readableBytes() < HEADER + length) {
      return;
    }
    // The library decrypts in place, and wants one whole record at a time.
    byte[] record = new byte[HEADER + length];
    in.readBytes(record);
    try {
      tls.offerInput(record, 0, record.length);
      drain(ctx);
      ctx.flush();
    } catch (IOException failed) {
      fail(ctx, failed);
      return;
    }
    if (outcome.isComplete() && !secured) {
      secured = true;
      ctx.fireUserEventTriggered(SECURED);
    }
    takePlain(ctx, out);
    if (tls.isClosed()) {
      ctx.close(); // close_notify
    }
  }

  private void takePlain(ChannelHandlerContext ctx, List<Object> out) {
    int available = tls.getAvailableInputBytes();
    if (available > 0) {
      byte[] plain = new byte[available];
      int read = tls.readInput(plain, 0, available);
      out.add(ctx.alloc().buffer(read).writeBytes(plain, 0, read));
    }
  }

  // Nothing of such a record is kept; of its header the library makes an alert.
  private void refuse(ChannelHandlerContext ctx, ByteBuf in, int type) {
    byte[] header = new byte[HEADER];
    in.readBytes(header);
    in.skipBytes(in.readableBytes());
    IOException cause = new IOException(tls.isClosed() ? "closed" : "not TLS: type " + type);
    try {
      tls.offerInput(header, 0, HEADER);
    } catch (IOException refused) {
      cause.addSuppressed(refused);
    }
    fail(ctx, cause);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    try {
      ByteBuf plain = (ByteBuf) message;
      if (!secured || tls.isClosed()) {
        promise.setFailure(new IOException("link not secured"));
        return;
      }
      byte[] chunk = new byte[Math.min(PLAIN_MAX, Math.max(1, plain.readableBytes()))];
      while (plain.isReadable()) {
        int count = Math.min(chunk.length, plain.readableBytes());
        plain.readBytes(chunk, 0, count);
        tls.writeApplicationData(chunk, 0, count);
      }
      ctx.write(takeOutput(ctx), promise);
    } catch (IOException failed) {
      promise.setFailure(failed);
      fail(ctx, failed);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void drain(ChannelHandlerContext ctx) {
    if (tls.getAvailableOutputBytes() > 0) {
      ctx.write(takeOutput(ctx));
    }
  }

  private ByteBuf takeOutput(ChannelHandlerContext ctx) {
    int available = tls.getAvailableOutputBytes();
    byte[] records = new byte[available];
    int read = tls.readOutput(records, 0, available);
    said = true;
    return ctx.alloc().buffer(read).writeBytes(records, 0, read);
  }

  // The alert, if any, is in the output: it leaves before the connection closes.
  private void fail(ChannelHandlerContext ctx, IOException cause) {
    drain(ctx);
    if (!said) {
      // The library keeps quiet until it has understood a first message.
      said = true;
      ctx.write(ctx.alloc().buffer(ALERT.length).writeBytes(ALERT).writeByte(outcome.raised()));
    }
    ctx.flush();
    String reason =
        outcome
            .alert()
            .orElseGet(() -> cause instanceof TlsFatalAlert ? "TLS refused" : Reasons.of(cause));
    ctx.fireExceptionCaught(new IOException(reason));
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (started && !tls.isClosed()) {
      try {
        tls.close();
      } catch (IOException alreadyBroken) {
        // The connection goes anyway.
      }
      drain(ctx);
      ctx.flush();
    }
    ctx.close(promise);
  }

  @Override
  public void bind(ChannelHandlerContext ctx, SocketAddress local, ChannelPromise promise) {
    ctx.bind(local, promise);
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    ctx.connect(remote, local, promise);
  }

  @Override
  public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) {
    ctx.disconnect(promise);
  }

  @Override
  public void deregister(ChannelHandlerContext ctx, ChannelPromise promise) {
    ctx.deregister(promise);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    ctx.flush();
  }
}
