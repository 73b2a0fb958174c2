package io.elottery.deploy.bench.netty;

import io.elottery.foundation.wire.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/** The frames of links and trunks: u32 length of what follows, u16 kind, u8 version, body. */
final class PlainFrames extends ByteToMessageDecoder {
  private static final int AFTER_LENGTH = 3;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    if (length < AFTER_LENGTH || length > AFTER_LENGTH + Envelope.BODY_MAX) {
      throw new CorruptedFrameException("frame of " + length + " bytes");
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

  static void encode(Envelope envelope, ByteBuf out) {
    out.writeInt(AFTER_LENGTH + envelope.body().length);
    out.writeShort(envelope.kind());
    out.writeByte(envelope.version());
    out.writeBytes(envelope.body());
  }
}
