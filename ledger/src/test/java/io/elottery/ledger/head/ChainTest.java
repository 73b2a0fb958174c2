package io.elottery.ledger.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.Fuzz;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.shard.ShardId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A history as one hash: its bytes, and when a head is made of it. */
final class ChainTest {
  private static final ShardId SHARD = new ShardId(3);
  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
  private static final byte[] STATE = new byte[32];

  @Test
  void bytesAreAsRecorded() {
    Chain chain = new Chain(SHARD);
    chain.add(2, NOW, 5, new byte[] {7});
    Head head = chain.tell(STATE);

    String log = "a01aa1c9fb234214116a57c498e5fe953bb6958a6bc9c3e740efd46fab3f4087";
    assertThat(HexFormat.of().formatHex(head.encode()))
        .isEqualTo(
            "0003"
                + "0000000000000001"
                + "0000000000000002"
                + "0000000000000005"
                + "00000000000f4240"
                + log
                + "00".repeat(64));
    WireWriter out = new WireWriter();
    chain.write(out);
    assertThat(HexFormat.of().formatHex(out.toBytes()))
        .isEqualTo(
            "0000000000000002"
                + "05"
                + "00000000000f4240"
                + "0000"
                + log
                + "01"
                + HexFormat.of().formatHex(head.encode()));
    assertThat(HexFormat.of().formatHex(head.statement(NodeId.of("w-1"), 5)))
        .isEqualTo(
            "656c6f747465727920686561642031" // elottery head 1
                + "03772d31"
                + "05"
                + HexFormat.of().formatHex(head.encode()));
  }

  @Test
  void aHeadIsDueAfterManyEntriesManyCommandsOrAMinute() {
    Chain chain = new Chain(SHARD);

    assertThat(chain.isDue(NOW)).as("nothing happened").isFalse();
    assertThat(chain.add(1, NOW, 1, new byte[1])).as("the first").isTrue();
    chain.tell(STATE);
    for (int i = 2; i <= Chain.ENTRIES; i++) {
      assertThat(chain.add(i, NOW, 1, new byte[1])).isFalse();
    }
    assertThat(chain.add(Chain.ENTRIES + 1, NOW, 1, new byte[1])).as("entries").isTrue();
    chain.tell(STATE);
    assertThat(chain.add(300, NOW, Chain.COMMANDS, new byte[1])).as("commands").isTrue();
    chain.tell(STATE);
    assertThat(chain.isDue(NOW.plus(Chain.QUIET))).as("nothing since").isFalse();
    chain.add(301, NOW, 1, new byte[1]);
    assertThat(chain.isDue(NOW.plus(Chain.QUIET))).isTrue();
    assertThat(chain.isDue(NOW.plus(Chain.QUIET).minusMillis(1))).isFalse();
  }

  @Test
  void itGoesOnFromASnapshotAndEachHeadNamesTheOneBefore() throws MalformedMessage {
    Chain one = new Chain(SHARD);
    one.add(1, NOW, 1, new byte[] {1});
    Head first = one.tell(STATE);
    one.add(2, NOW, 1, new byte[] {2});
    WireWriter snapshot = new WireWriter();
    one.write(snapshot);
    Chain other = new Chain(SHARD);
    other.read(new WireReader(snapshot.toBytes()));

    one.add(3, NOW, 1, new byte[] {3});
    other.add(3, NOW, 1, new byte[] {3});
    Head second = one.tell(STATE);

    assertThat(second.same(other.tell(STATE))).isTrue();
    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  void anotherHistoryContradicts() {
    Chain chain = new Chain(SHARD);
    Chain altered = new Chain(SHARD);
    chain.add(1, NOW, 1, new byte[] {1});
    altered.add(1, NOW, 1, new byte[] {2});
    Head head = chain.tell(STATE);
    Head other = altered.tell(STATE);

    assertThat(chain.contradicts(head)).isEmpty();
    assertThat(chain.contradicts(other)).hasValue("is another one at position 1");
    altered.add(2, NOW, 1, new byte[] {2});
    Head later = altered.tell(STATE);
    assertThat(chain.contradicts(later)).as("not there yet").isEmpty();
    chain.add(3, NOW, 1, new byte[] {1});
    assertThat(chain.contradicts(later)).hasValue("has no head at position 2");
  }

  @Test
  void whatBecameOfTheEntriesCountsToo() {
    Chain one = new Chain(SHARD);
    Chain other = new Chain(SHARD);
    one.add(1, NOW, 1, new byte[] {1});
    other.add(1, NOW, 1, new byte[] {1});
    byte[] state = STATE.clone();
    state[31] = 1;

    assertThat(one.contradicts(other.tell(state))).isEmpty();
    assertThat(other.contradicts(one.tell(STATE))).isPresent();
  }

  @Test
  void signedAndCountersignedHeadsComeBackAsTheyWent() throws MalformedMessage {
    CountersignedHead countersigned = countersigned();
    SignedHead signed = countersigned.signatures().values().iterator().next();

    SignedHead back = SignedHead.of(signed.envelope());
    CountersignedHead again = CountersignedHead.decode(countersigned.encode());

    assertThat(back.head().same(signed.head())).isTrue();
    assertThat(back.seal().signature()).isEqualTo(signed.seal().signature());
    assertThat(again.encode()).isEqualTo(countersigned.encode());
    assertThat(again.isByMajority(3)).isTrue();
    assertThat(again.isByMajority(4)).isFalse();
    assertThatThrownBy(() -> SignedHead.of(new Envelope(0x0217, 9, new byte[3])))
        .isInstanceOf(MalformedMessage.class);
    Fuzz.check(countersigned.encode(), CountersignedHead::decode);
  }

  private static CountersignedHead countersigned() {
    Chain chain = new Chain(SHARD);
    chain.add(1, NOW, 1, new byte[] {1});
    Head head = chain.tell(STATE);
    TreeMap<NodeId, SignedHead> signatures = new TreeMap<>();
    for (int i = 1; i < 3; i++) {
      Testimony.Seal seal = new Testimony.Seal(new byte[] {(byte) i, 2}, new byte[] {3});
      signatures.put(NodeId.of("worker-" + i), new SignedHead(head, 3, seal));
    }
    return new CountersignedHead(head, signatures);
  }
}
