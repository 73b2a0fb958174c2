package io.elottery.ledger.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.Fuzz;
import io.elottery.ledger.ring.Member;
import io.microraft.model.log.LogEntry;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of entries as they rest in the store. */
final class EntryCodecTest {
  private static final LogEntry ENTRY =
      EntryCodec.MODEL
          .createLogEntryBuilder()
          .setIndex(300)
          .setTerm(2)
          .setOperation(new Operation(new byte[] {1, 2, 3}))
          .build();

  @Test
  void anEntryHasTheDocumentedBytes() throws MalformedMessage {
    byte[] bytes = entry();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("ac02" + "02" + "01" + "03010203");
    LogEntry read = EntryCodec.entry(new WireReader(bytes));
    assertThat(read.getIndex()).isEqualTo(300);
    assertThat(read.getTerm()).isEqualTo(2);
    assertThat(((Operation) read.getOperation()).bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void aMemberHasTheDocumentedBytes() throws MalformedMessage {
    Endpoint member = new Endpoint(new Member(NodeId.of("worker-7"), 129));
    WireWriter out = new WireWriter();
    EntryCodec.endpoint(out, member);

    assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo("08776f726b65722d37" + "8101");
    assertThat(EntryCodec.endpoint(new WireReader(out.toBytes()))).isEqualTo(member);
  }

  @Test
  void namesAndIncarnationsThatCannotBeAreMalformed() {
    assertMalformed(new WireWriter().text("Worker 7").varint(1));
    assertMalformed(new WireWriter().text("").varint(1));
    assertMalformed(new WireWriter().text("worker-7").varint(0));
  }

  @Test
  void termsAboveAnIntegerAreMalformed() {
    byte[] bytes = new WireWriter().varint(1).varint(1L << 31).u8(1).varint(0).toBytes();

    assertThatThrownBy(() -> EntryCodec.entry(new WireReader(bytes)))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void damageIsMalformedAndNothingElse() {
    Fuzz.check(entry(), bytes -> EntryCodec.entry(new WireReader(bytes)));
  }

  private static void assertMalformed(WireWriter member) {
    assertThatThrownBy(() -> EntryCodec.endpoint(new WireReader(member.toBytes())))
        .isInstanceOf(MalformedMessage.class);
  }

  private static byte[] entry() {
    WireWriter out = new WireWriter();
    EntryCodec.entry(out, ENTRY);
    return out.toBytes();
  }
}
