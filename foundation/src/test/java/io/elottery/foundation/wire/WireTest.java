package io.elottery.foundation.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
  @Test
  void bytesAreFixedForEver() {
    byte[] written =
        new WireWriter()
            .u8(0xfe)
            .bool(true)
            .u16(0x1234)
            .i32(-2)
            .i64(0x0102030405060708L)
            .varint(0)
            .varint(127)
            .varint(128)
            .varint(Long.MAX_VALUE)
            .text("é")
            .bytes(new byte[] {9, 8})
            .raw(new byte[] {7})
            .toBytes();

    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo(
            "fe"
                + "01"
                + "1234"
                + "fffffffe"
                + "0102030405060708"
                + "00"
                + "7f"
                + "8001"
                + "ffffffffffffffff7f"
                + "02c3a9"
                + "020908"
                + "07");
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    byte[] written =
        new WireWriter()
            .u8(1)
            .bool(false)
            .u16(65535)
            .i32(-7)
            .i64(-8)
            .varint(300)
            .text("día")
            .bytes(new byte[] {1, 2})
            .raw(new byte[] {3})
            .toBytes();
    WireReader in = new WireReader(written);

    assertThat(in.u8()).isEqualTo(1);
    assertThat(in.bool()).isFalse();
    assertThat(in.u16()).isEqualTo(65535);
    assertThat(in.i32()).isEqualTo(-7);
    assertThat(in.i64()).isEqualTo(-8);
    assertThat(in.varint()).isEqualTo(300);
    assertThat(in.text()).isEqualTo("día");
    assertThat(in.bytes()).containsExactly(1, 2);
    assertThat(in.rest()).containsExactly(3);
    in.done();
  }

  @Test
  void malformedBytesAreRefused() {
    refused("02", (Read) WireReader::bool);
    refused("8000", (Read) WireReader::varint); // 0 in two bytes
    refused("ffffffffffffffffff01", (Read) WireReader::varint); // more than 63 bits
    refused("05aabb", (Read) WireReader::bytes); // shorter than it says
    refused("ffffffff7f", (Read) WireReader::bytes); // would allocate 32 GiB
    refused("02c328", (Read) WireReader::text); // not UTF-8
    refused("000000", (Read) WireReader::i32);
    refused("00", (End) WireReader::done);
  }

  private interface Read {
    Object read(WireReader in) throws MalformedMessage;
  }

  private interface End {
    void read(WireReader in) throws MalformedMessage;
  }

  private static void refused(String hex, Read read) {
    WireReader in = new WireReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> read.read(in)).isInstanceOf(MalformedMessage.class);
  }

  private static void refused(String hex, End end) {
    WireReader in = new WireReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> end.read(in)).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void envelopeChecksItsRanges() {
    assertThat(new Envelope(0x0201, 1, new byte[0]).module()).isEqualTo(2);
    assertThatThrownBy(() -> new Envelope(0x10000, 1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope(1, 256, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope(1, 1, new byte[Envelope.BODY_MAX + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsReadFromPiecesIsWhatWasWritten() throws MalformedMessage {
    byte[] whole = new WireWriter().u16(515).text("grün").i64(-7).varint(300).toBytes();
    for (int one = 0; one <= whole.length; one++) {
      for (int two = one; two <= whole.length; two++) {
        WireReader in =
            new WireReader(
                List.of(
                    Arrays.copyOf(whole, one),
                    Arrays.copyOfRange(whole, one, two),
                    Arrays.copyOfRange(whole, two, whole.length)));

        assertThat(in.remaining()).isEqualTo(whole.length);
        assertThat(in.u16()).isEqualTo(515);
        assertThat(in.text()).isEqualTo("grün");
        assertThat(in.i64()).isEqualTo(-7);
        assertThat(in.varint()).isEqualTo(300);
        in.done();
        assertThatThrownBy(in::u8).isInstanceOf(MalformedMessage.class);
      }
    }
  }

  @Test
  void piecesThatWereNotBegunAreGivenAsTheyAre() throws MalformedMessage {
    byte[] first = {1, 2, 3};
    byte[] second = {4};
    WireReader in = new WireReader(List.of(first, second));
    in.u8();

    List<byte[]> rest = in.restInPieces();

    assertThat(rest).hasSize(2);
    assertThat(rest.get(0)).containsExactly(2, 3);
    assertThat(rest.get(1)).isSameAs(second);
    in.done();
    assertThat(new WireReader(new byte[] {7}).restInPieces()).hasSize(1);
  }
}
