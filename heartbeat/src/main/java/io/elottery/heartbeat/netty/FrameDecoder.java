package io.elottery.heartbeat.netty;

import io.elottery.foundation.wire.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/**
 * Cuts decrypted bytes into envelopes: u32 length of what follows, u16 kind, u8 version, body. A
 * length out of bounds ends the connection before anything of it is kept.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  /** Bytes before the body. */
  static final int HEADER = 7;

  /** The largest body taken from a peer that has not proved who it is. */
  static final int STRANGER_BODY_MAX = 64 << 10;

  private static final int AFTER_LENGTH = 3; // kind and version
  private int bodyMax = STRANGER_BODY_MAX;

  /** The peer is known: bodies of full size are taken from here on. */
  void trust() {
    bodyMax = Envelope.BODY_MAX;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    if (length < AFTER_LENGTH || length > AFTER_LENGTH + bodyMax) {
      in.skipBytes(in.readableBytes());
      throw new CorruptedFrameException(
          "frame of " + length + " bytes: expected 3 … " + (AFTER_LENGTH + bodyMax));
    }
    if (in.readableBytes() < Integer.BYTES + length) {
      return;
    }
    in.skipBytes(Integer.BYTES);
    int kind = in.readUnsignedShort();
    int version = in.readUnsignedByte();
    byte[] body = new byte[(int) length - AFTER_LENGTH];
    in.readBytes(body);
    out.add(new Envelope(kind, version, body));
  }

  /** Writes one frame. */
  static void encode(Envelope envelope, ByteBuf out) {
    out.writeInt(AFTER_LENGTH + envelope.body().length);
    out.writeShort(envelope.kind());
    out.writeByte(envelope.version());
    out.writeBytes(envelope.body());
  }
}
