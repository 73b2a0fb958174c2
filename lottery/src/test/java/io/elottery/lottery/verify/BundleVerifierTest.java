package io.elottery.lottery.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.party.DrawView;
import io.elottery.lottery.prizes.TierCount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BundleVerifierTest {
  private final SmallDraw small = new SmallDraw(2);

  @Test
  void certifiedBundle_isVerifiedWithPinnedKeys() throws Exception {
    byte[] file = small.bundle().toBytes();

    Verification verification = BundleVerifier.verify(file, Optional.of(small.parties()));

    assertThat(verification.checks()).allMatch(Check::holds);
    assertThat(verification.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(verification.status()).isEqualTo("CERTIFIED");
    assertThat(Bundle.parse(file).toBytes()).isEqualTo(file);
  }

  @Test
  void withoutPartiesFile_theVerdictIsSelfConsistentOnly() {
    Verification verification = BundleVerifier.verify(small.bundle().toBytes(), Optional.empty());

    assertThat(verification.verdict()).isEqualTo(Verdict.SELF_CONSISTENT_ONLY);
    assertThat(verification.verdict().text()).isEqualTo("self-consistent only");
  }

  @Test
  void emptyDraw_isVerified() {
    SmallDraw empty = new SmallDraw(0);

    assertThat(BundleVerifier.verify(empty.bundle().toBytes(), Optional.empty()).verdict())
        .isEqualTo(Verdict.SELF_CONSISTENT_ONLY);
  }

  // Every bit of it: EveryBitIT.
  @Test
  void flippedBit_isRefused() {
    byte[] file = small.bundle().toBytes();
    Random random = new Random(2611);

    for (int i = 0; i < 1500; i++) {
      int bit = random.nextInt(file.length * 8);
      assertThat(EveryBitIT.verdictFlipped(bit, file))
          .as("bit %d of byte %d", bit % 8, bit / 8)
          .isEqualTo(Verdict.REFUSED);
    }
  }

  @Test
  void keysOfOthers_areRefusedAtThePinnedKeys() {
    TreeMap<String, byte[]> keys = new TreeMap<>(small.parties().parties());
    keys.put("RIGHT", small.publicKey("LEFT"));
    PartiesFile others = new PartiesFile(1, keys, new TreeMap<>());

    Verification verification =
        BundleVerifier.verify(small.bundle().toBytes(), Optional.of(others));

    assertThat(verification.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(lie(verification).name()).isEqualTo("pinned keys");
  }

  @Test
  void wrongWinners_areNamedEvenWhenTheAuditorSigned() {
    DrawView view = small.drawn();
    List<TierCount> winners = new ArrayList<>(view.result().orElseThrow().winners());
    winners.set(0, new TierCount("all", 1, 1000));
    Bundle bundle = small.bundle();
    Bundle lying =
        new Bundle(
            bundle.draw(),
            bundle.game(),
            bundle.rulesHash(),
            bundle.build(),
            bundle.parties(),
            bundle.size(),
            bundle.root(),
            bundle.tickets(),
            bundle.seed(),
            bundle.numbers(),
            winners,
            bundle.carriedIn(),
            BundleStatus.CERTIFIED,
            new Certificate("AUDITOR", SmallDraw.AT, new byte[64]));
    Bundle signed = lying.signed(small.sign("AUDITOR", lying.certifyText()));

    Verification verification = BundleVerifier.verify(signed.toBytes(), Optional.empty());

    assertThat(lie(verification).name()).isEqualTo("winners");
  }

  @Test
  void ticketLeftOut_isRefusedThoughEverySignatureIsReal() {
    Bundle bundle = small.bundle();
    Json.Fields json =
        bundle.toJson().with("leaves", List.of(new Json.Text(base64(small.leaves.get(0)))));

    Verification verification = BundleVerifier.verify(CanonicalJson.write(json), Optional.empty());

    assertThat(lie(verification).name()).isEqualTo("leaves");
  }

  @Test
  void unknownKeySpacesAndTrailingBytes_areRefused() {
    Json.Fields json = small.bundle().toJson();
    byte[] file = CanonicalJson.write(json);
    String text = new String(file, StandardCharsets.UTF_8);

    List<byte[]> wrong =
        List.of(
            CanonicalJson.write(json.with("note", "x")),
            CanonicalJson.write(json.without("build")),
            (text + "\n").getBytes(StandardCharsets.UTF_8),
            text.replaceFirst(",", ", ").getBytes(StandardCharsets.UTF_8),
            new byte[0]);

    assertThat(wrong)
        .allSatisfy(
            bytes -> {
              Verification verification = BundleVerifier.verify(bytes, Optional.empty());
              assertThat(verification.verdict()).isEqualTo(Verdict.REFUSED);
              assertThat(lie(verification).name()).isEqualTo("format");
            });
  }

  @Test
  void partiesFile_isReadAsWritten() throws Exception {
    PartiesFile file =
        new PartiesFile(
            3, small.parties().parties(), new TreeMap<>(java.util.Map.of(0, new byte[32])));

    assertThat(PartiesFile.parse(file.toBytes()).toBytes()).isEqualTo(file.toBytes());
  }

  private static Check lie(Verification verification) {
    return verification.checks().get(verification.checks().size() - 1);
  }

  private static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
