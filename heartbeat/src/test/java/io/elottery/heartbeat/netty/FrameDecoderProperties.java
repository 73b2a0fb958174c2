package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameDecoderProperties {
  @Test
  void frameIsTheseBytes() {
    ByteBuf out = Unpooled.buffer();

    FrameDecoder.encode(new Envelope(0x0101, 1, new byte[] {7, 8}), out);

    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("05" + "0101" + "01" + "0708");
  }

  @Test
  void longFrameHasALengthOfSeveralBytes() {
    ByteBuf out = Unpooled.buffer();

    FrameDecoder.encode(new Envelope(0x0201, 1, new byte[20_000]), out);

    assertThat(ByteBufUtil.hexDump(out, 0, 6)).isEqualTo("a39c01" + "0201" + "01");
    assertThat(out.readableBytes()).isEqualTo(20_006);
  }

  @Test
  void lengthThatIsNotTheShortestOrDoesNotEndIsRefused() {
    for (String wrong : List.of("8300" + "010101", "8080808003" + "010101", "02" + "0101")) {
      ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(wrong));

      assertThatThrownBy(() -> new EmbeddedChannel(new FrameDecoder()).writeInbound(bytes))
          .as(wrong)
          .isInstanceOf(CorruptedFrameException.class);
    }
  }

  @Test
  void anyCuttingOfAnyFramesGivesTheSameEnvelopes() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Envelope> sent = new ArrayList<>();
      ByteBuf bytes = Unpooled.buffer();
      for (int i = 0; i < 10; i++) {
        byte[] body = new byte[random.nextInt(300)];
        random.nextBytes(body);
        Envelope envelope = new Envelope(random.nextInt(0x10000), random.nextInt(256), body);
        sent.add(envelope);
        int before = bytes.readableBytes();
        FrameDecoder.encode(envelope, bytes);
        assertThat(bytes.readableBytes() - before).isEqualTo(FrameDecoder.size(envelope));
      }
      EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());

      while (bytes.isReadable()) {
        int piece = Math.min(bytes.readableBytes(), 1 + random.nextInt(100));
        channel.writeInbound(bytes.readRetainedSlice(piece));
      }

      List<Envelope> received = new ArrayList<>();
      for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
        received.add((Envelope) next);
      }
      assertThat(received).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @Test
  void rubbishEndsInARefusalOrInNothing() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] rubbish = new byte[random.nextInt(64)];
      random.nextBytes(rubbish);
      EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());
      try {
        channel.writeInbound(Unpooled.wrappedBuffer(rubbish));
      } catch (DecoderException refused) {
        assertThat(refused).isInstanceOf(CorruptedFrameException.class);
      }
    }
  }

  @Test
  void strangersAreHeldToSmallFrames() {
    ByteBuf large = Unpooled.buffer();
    FrameDecoder.encode(new Envelope(1, 1, new byte[FrameDecoder.STRANGER_BODY_MAX + 1]), large);

    assertThatThrownBy(() -> new EmbeddedChannel(new FrameDecoder()).writeInbound(large.copy()))
        .isInstanceOf(CorruptedFrameException.class);
    FrameDecoder trusting = new FrameDecoder();
    trusting.trust();
    assertThat(new EmbeddedChannel(trusting).writeInbound(large)).isTrue();
  }
}
