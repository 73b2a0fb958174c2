package io.elottery.heartbeat.netty;

import io.elottery.foundation.wire.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/**
 * Cuts decrypted bytes into envelopes: length of what follows as a varint of at most {@value
 * #LENGTH_BYTES_MAX} bytes, u16 kind, u8 version, body. A length out of bounds ends the connection
 * before anything of it is kept.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  /** The largest body taken from a peer that has not proved who it is. */
  static final int STRANGER_BODY_MAX = 64 << 10;

  private static final int AFTER_LENGTH = 3; // kind and version
  private static final int LENGTH_BYTES_MAX = 4; // 28 bits: above the largest frame
  private static final int INCOMPLETE = -1;
  private int bodyMax = STRANGER_BODY_MAX;

  /** The peer is known: bodies of full size are taken from here on. */
  void trust() {
    bodyMax = Envelope.BODY_MAX;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int length = length(in);
    if (length == INCOMPLETE || in.readableBytes() < length) {
      in.readerIndex(start);
      return;
    }
    int kind = in.readUnsignedShort();
    int version = in.readUnsignedByte();
    byte[] body = new byte[length - AFTER_LENGTH];
    in.readBytes(body);
    out.add(new Envelope(kind, version, body));
  }

  private int length(ByteBuf in) {
    int length = 0;
    for (int i = 0; i < LENGTH_BYTES_MAX; i++) {
      if (!in.isReadable()) {
        return INCOMPLETE;
      }
      int next = in.readUnsignedByte();
      length |= (next & 0x7f) << (7 * i);
      if (next <= 0x7f) {
        boolean shortest = next > 0 || i == 0;
        return shortest ? checked(in, length) : refused(in, "its length is longer than need be");
      }
    }
    return refused(in, "its length does not end");
  }

  private int checked(ByteBuf in, int length) {
    return length < AFTER_LENGTH || length > AFTER_LENGTH + bodyMax
        ? refused(in, length + " bytes: expected 3 … " + (AFTER_LENGTH + bodyMax))
        : length;
  }

  private static int refused(ByteBuf in, String why) {
    in.skipBytes(in.readableBytes());
    throw new CorruptedFrameException("frame: " + why);
  }

  /** Bytes of the envelope's frame. */
  static int size(Envelope envelope) {
    int length = AFTER_LENGTH + envelope.body().length;
    int size = 1 + length;
    for (int rest = length >>> 7; rest > 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  /** Writes one frame. */
  static void encode(Envelope envelope, ByteBuf out) {
    int length = AFTER_LENGTH + envelope.body().length;
    while (length > 0x7f) {
      out.writeByte(length | 0x80);
      length >>>= 7;
    }
    out.writeByte(length);
    out.writeShort(envelope.kind());
    out.writeByte(envelope.version());
    out.writeBytes(envelope.body());
  }
}
