package io.elottery.lottery.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.party.DrawView.Closing;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.verify.SmallDraw;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartyMachineTest {
  private final SmallDraw small = new SmallDraw(3);
  private final DrawView drawn = small.drawn();
  private final Optional<Closing> own = Optional.of(small.closing());

  @Test
  void openDraw_isCommittedToOnce() {
    assertThat(next("LEFT", view(DrawPhase.OPEN, 0, 0, 0), Optional.empty()))
        .isEqualTo(new Step.Commit());
    assertThat(next("AUDITOR", view(DrawPhase.OPEN, 1, 0, 0), Optional.empty()))
        .isEqualTo(new Step.Nothing("commit", List.of("LEFT", "RIGHT")));
    assertThat(next("LEFT", view(DrawPhase.OPEN, 3, 0, 0), Optional.empty()))
        .isEqualTo(new Step.Nothing("closing", List.of()));
  }

  @Test
  void closedDraw_isSignedOnlyAfterTheOwnRootIsComputed() {
    DrawView closed = view(DrawPhase.CLOSED, 3, 0, 0);

    assertThat(next("LEFT", closed, Optional.empty())).isEqualTo(new Step.FetchLeaves(3));
    assertThat(next("LEFT", closed, own)).isEqualTo(new Step.Sign(own.orElseThrow()));
  }

  @Test
  void anotherRoot_isNeverSigned() {
    DrawView closed = view(DrawPhase.CLOSED, 3, 0, 0);

    assertThat(next("LEFT", closed, Optional.of(new Closing(3, new byte[32]))))
        .isInstanceOf(Step.Dispute.class);
    assertThat(next("LEFT", closed, Optional.of(new Closing(2, small.closing().root()))))
        .isInstanceOf(Step.Dispute.class);
  }

  @Test
  void share_staysSecretUntilEverySignatureIsThere() {
    assertThat(next("AUDITOR", view(DrawPhase.CLOSED, 3, 2, 0), own))
        .isEqualTo(new Step.Nothing("signature", List.of("RIGHT")));
    assertThat(next("AUDITOR", view(DrawPhase.CLOSED, 3, 3, 0), own)).isEqualTo(new Step.Reveal());
    assertThat(next("AUDITOR", view(DrawPhase.REVEALING, 3, 3, 0), Optional.empty()))
        .isEqualTo(new Step.Reveal());
    assertThat(next("AUDITOR", view(DrawPhase.REVEALING, 3, 3, 1), own))
        .isEqualTo(new Step.Nothing("share", List.of("LEFT", "RIGHT")));
  }

  @Test
  void signatureOverSomethingElse_keepsTheShareSecret() {
    TreeMap<String, byte[]> signatures = new TreeMap<>(drawn.signatures());
    signatures.put("RIGHT", small.sign("RIGHT", SmallDraw.text("another list")));
    DrawView forged = view(DrawPhase.REVEALING, drawn.commits(), signatures, new TreeMap<>());

    assertThat(next("AUDITOR", forged, own)).isInstanceOf(Step.Dispute.class);
  }

  @Test
  void drawnDraw_isCertifiedByTheAuditorAlone() {
    assertThat(next("LEFT", drawn, own))
        .isEqualTo(new Step.Nothing("certificate", List.of("AUDITOR")));
    assertThat(next("AUDITOR", drawn, Optional.empty())).isEqualTo(new Step.FetchLeaves(3));
    assertThat(next("AUDITOR", drawn, own)).isEqualTo(new Step.Certify());
  }

  @Test
  void strangerAndChangedKey_takeNoPart() {
    assertThat(next("AUDITOR-9", drawn, own)).isEqualTo(new Step.Nothing("end", List.of()));
    assertThat(new PartyMachine("LEFT").next(drawn, own, new byte[32]))
        .isInstanceOf(Step.Dispute.class);
  }

  @Test
  void recount_certifiesWhatIsTrueAndDisputesWhatIsNot() {
    Recount equal = Recount.of(drawn, small.leaves, "", "AUDITOR", SmallDraw.AT);
    assertThat(equal.difference()).isEmpty();
    assertThat(equal.bundle().status()).isEqualTo(BundleStatus.CERTIFIED);

    DrawView.Result result = drawn.result().orElseThrow();
    List<TierCount> winners = List.of(new TierCount("all", 9, 1), result.winners().get(1));
    DrawView lying =
        new DrawView(
            drawn.draw(),
            drawn.rules(),
            drawn.build(),
            drawn.phase(),
            drawn.keys(),
            drawn.commits(),
            drawn.closing(),
            drawn.signatures(),
            drawn.shares(),
            Optional.of(new DrawView.Result(result.seed(), result.numbers(), winners)),
            drawn.carriedIn());
    Recount other = Recount.of(lying, small.leaves, "", "AUDITOR", SmallDraw.AT);
    assertThat(other.difference()).hasValueSatisfying(why -> assertThat(why).contains("winners"));
    assertThat(other.bundle().status()).isEqualTo(BundleStatus.DISPUTED);
  }

  private Step next(String party, DrawView view, Optional<Closing> ownList) {
    byte[] key = small.keys.containsKey(party) ? small.publicKey(party) : new byte[32];
    return new PartyMachine(party).next(view, ownList, key);
  }

  // The first so many parties, by name, have committed, signed, revealed.
  private DrawView view(DrawPhase phase, int committed, int signed, int revealed) {
    return view(
        phase,
        first(drawn.commits(), committed),
        first(drawn.signatures(), signed),
        first(drawn.shares(), revealed));
  }

  private DrawView view(
      DrawPhase phase,
      SortedMap<String, byte[]> commits,
      SortedMap<String, byte[]> signatures,
      SortedMap<String, byte[]> shares) {
    return new DrawView(
        drawn.draw(),
        drawn.rules(),
        drawn.build(),
        phase,
        drawn.keys(),
        commits,
        phase == DrawPhase.OPEN ? Optional.empty() : drawn.closing(),
        signatures,
        shares,
        Optional.empty(),
        drawn.carriedIn());
  }

  private static SortedMap<String, byte[]> first(SortedMap<String, byte[]> all, int count) {
    TreeMap<String, byte[]> some = new TreeMap<>();
    all.entrySet().stream().limit(count).forEach(e -> some.put(e.getKey(), e.getValue()));
    return some;
  }
}
