package io.elottery.lottery.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.bundle.DrawName;
import io.elottery.lottery.bundle.Leaf;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.ReceiptSeal;
import io.elottery.lottery.ticket.SaleText;
import io.elottery.lottery.verify.SignedHistory.Inclusion;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReceiptVerifierTest {
  private static final String ID = "00112233445566778899aabbccddeeff";
  private static final Instant SOLD = Instant.parse("2026-11-21T12:00:00Z");

  private final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  private final byte[] key = last32(pair.getPublic().getEncoded());
  private final PartiesFile parties =
      new PartiesFile(1, new TreeMap<>(), new TreeMap<>(Map.of(3, key)));

  ReceiptVerifierTest() throws GeneralSecurityException {}

  @Test
  void aReceiptHolds() {
    assertThat(ReceiptVerifier.isReceipt(receipt())).isTrue();
    assertThat(verdict(receipt(), Optional.empty())).isEqualTo(Verdict.VERIFIED);
    assertThat(ReceiptVerifier.verify(receipt(), Optional.empty(), Optional.empty()).verdict())
        .isEqualTo(Verdict.SELF_CONSISTENT_ONLY);
  }

  @Test
  void anythingChangedIsALie() {
    String text = new String(receipt(), StandardCharsets.UTF_8);

    for (String changed :
        List.of(
            text.replace("\"position\":4711", "\"position\":4712"),
            text.replace("\"price\":100", "\"price\":900"),
            text.replace("[1,2]", "[1,3]"),
            text.replace("12:00:00Z", "12:00:01Z"),
            text.replace("{\"draw\"", "{\"extra\":1,\"draw\""))) {
      assertThat(changed).isNotEqualTo(text);
      assertThat(verdict(changed.getBytes(StandardCharsets.UTF_8), Optional.empty()))
          .isEqualTo(Verdict.REFUSED);
    }
  }

  @Test
  void aHistoryWithRoomForItHolds() {
    assertThat(with(history(3, point(1, 4700, -60), point(2, 4800, 60)))).isEqualTo("");
    assertThat(with(history(3, point(1, 4700, -60)))).as("not there yet").isEqualTo("");
    assertThat(with(history(3, point(1, 4700, -60), point(7, 4800, 60)))).as("gap").isEqualTo("");
  }

  @Test
  void aHistoryThatContradictsItIsALie() {
    assertThat(with(history(3, point(1, 4700, 60))))
        .contains("number 4700 was the last one up to")
        .contains("that history is not the receipt's");
    assertThat(with(history(3, point(1, 4711, -60)))).contains("sold as number 4711");
    assertThat(with(history(2, point(1, 4800, 60)))).contains("heads of shard 2");
    SignedHistory.Point other =
        new SignedHistory.Point(2, 2, 4800, SOLD.plusSeconds(60), hash(2), hash(2), hash(9));
    assertThat(with(history(3, point(1, 4700, -60), other))).contains("two histories");
  }

  @Test
  void aSaleThatIsInASignedStateIsProvedAndNoOther() {
    List<byte[]> sales = List.of(new byte[] {1}, SaleText.of(sold()), new byte[] {2});
    List<byte[]> hashes = sales.stream().map(MerkleTree::leafHash).toList();
    byte[] state =
        Sha256.of(new WireWriter().i64(7).i64(3).toBytes(), MerkleTree.rootOfHashes(hashes));
    SoldInState proof = new SoldInState(7, InclusionProof.of(hashes, 1));
    SignedHistory.Point point = in(state);

    Verification held = verification(new Inclusion(ID, 2, proof), point);
    assertThat(held.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(held.checks().get(held.checks().size() - 1).compared())
        .contains("is sale 2 of 3 in the state that a majority of shard 3's copies signed");

    SoldInState elsewhere = new SoldInState(7, new InclusionProof(0, 3, proof.sale().path()));
    for (var lie :
        List.of(
            verification(new Inclusion(ID, 2, elsewhere), point),
            verification(new Inclusion(ID, 2, new SoldInState(8, proof.sale())), point),
            verification(new Inclusion(ID, 2, proof), in(hash(5))),
            verification(new Inclusion(ID, 9, proof), point),
            verification(new Inclusion(ID.replace('0', '1'), 2, proof), point))) {
      assertThat(lie.verdict()).isEqualTo(Verdict.REFUSED);
      assertThat(lie.checks().get(lie.checks().size() - 1).name()).isEqualTo("inclusion");
    }
  }

  @Test
  void pagesAreReadAsOneHistoryAndASecondHeadAtAPositionShows() {
    SignedHistory page = history(3, point(1, 4700, -60), point(2, 4800, 60));

    assertThat(page.with(page).points()).hasSize(2);
    assertThat(with(page.with(history(3, in(hash(5)))))).contains("two histories");
  }

  private Verification verification(Inclusion inclusion, SignedHistory.Point point) {
    SignedHistory history =
        new SignedHistory(3, List.of(point(1, 4700, -60), point), List.of(inclusion));
    return ReceiptVerifier.verify(receipt(), Optional.of(parties), Optional.of(history));
  }

  private static SignedHistory.Point in(byte[] state) {
    return new SignedHistory.Point(2, 2, 4800, SOLD.plusSeconds(60), state, state, hash(1));
  }

  private String with(SignedHistory history) {
    Verification done =
        ReceiptVerifier.verify(receipt(), Optional.of(parties), Optional.of(history));
    Check last = done.checks().get(done.checks().size() - 1);
    assertThat(done.verdict() == Verdict.VERIFIED).isEqualTo(last.holds());
    return last.holds() ? "" : last.compared();
  }

  private Verdict verdict(byte[] receipt, Optional<SignedHistory> history) {
    return ReceiptVerifier.verify(receipt, Optional.of(parties), history).verdict();
  }

  private static SignedHistory history(int shard, SignedHistory.Point... points) {
    return new SignedHistory(shard, List.of(points), List.of());
  }

  private static SignedHistory.Point point(int number, long commands, long seconds) {
    return new SignedHistory.Point(
        number,
        number,
        commands,
        SOLD.plusSeconds(seconds),
        hash(0),
        hash(number),
        hash(number - 1));
  }

  private static byte[] hash(int of) {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) of);
    return hash;
  }

  private byte[] receipt() {
    Receipt bare = sold();
    Octets its = Octets.wrap(key);
    return bare.sealed(new ReceiptSeal(its, Octets.wrap(sign(bare.signedText(its))))).text();
  }

  private static Receipt sold() {
    List<Line> lines =
        List.of(new Line(new TreeMap<>(Map.of("main", List.of(1, 2), "bonus", List.of(1)))));
    byte[] leaf =
        new Leaf(DrawName.parse("mini:TORM211126"), ID, lines, "ab".repeat(32), 4711, 100)
            .toBytes();
    return new Receipt(
        TicketId.parse(ID),
        DrawRef.of("mini", "TORM211126"),
        lines,
        Money.of(100, "CAD"),
        4711,
        SOLD,
        Octets.wrap(leaf),
        Octets.wrap(new byte[16]),
        Optional.empty());
  }

  private byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] last32(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }
}
