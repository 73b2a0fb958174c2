package io.elottery.keyvault.keystep;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.keyvault.keystep.KeyRing.Act;
import io.elottery.keyvault.keystep.KeyRing.Answer;
import io.elottery.keyvault.keystep.KeyStep.Step;
import io.elottery.keyvault.secret.Secret;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyRingTest {
  private static final String LINK = "worker-1~worker-2/replica";

  private KeyRing ring = KeyRing.empty(LINK);

  @Test
  void aKeyIsKeptOnlyAfterAHandshakeHasProvenIt() {
    assertThat(offer(1)).isEqualTo(Answer.CONFIRM);
    assertThat(ring.key(1)).contains(key(1));
    assertThat(ring.dialEpoch()).isZero();
    assertThat(take(Step.ACTIVATE, 1)).isEqualTo(Answer.NOT_YET);
    assertThat(ring.dialEpoch()).isEqualTo(1);
    assertThat(ring.kept()).isEmpty();

    KeyRing.Turn proven = ring.proven(1);

    assertThat(proven.acts()).containsExactly(Act.STORE);
    ring = proven.ring();
    assertThat(ring.kept()).containsOnlyKeys(1);
    assertThat(take(Step.ACTIVATE, 1)).isEqualTo(Answer.CONFIRM);
  }

  @Test
  void theListenerMayProveAKeyBeforeItIsToldToActivateIt() {
    running(1);
    offer(2);

    ring = ring.proven(2).ring();

    assertThat(take(Step.ACTIVATE, 2)).isEqualTo(Answer.CONFIRM);
    assertThat(ring.kept()).containsOnlyKeys(1, 2);
    assertThat(ring.dialEpoch()).isEqualTo(2);
  }

  @Test
  void retiringLeavesTheNewKeyAloneAndOnlyOnceItIsKept() {
    running(1);
    offer(2);
    assertThat(take(Step.RETIRE, 2)).isEqualTo(Answer.NOT_YET);
    assertThat(take(Step.RETIRE, 3)).isEqualTo(Answer.UNKNOWN_KEY);
    take(Step.ACTIVATE, 2);
    ring = ring.proven(2).ring();

    KeyRing.Turn retired = ring.take(step(Step.RETIRE, 2));

    assertThat(retired.acts()).containsExactly(Act.STORE, Act.END_OLDER);
    assertThat(retired.ring().kept()).containsOnlyKeys(2);
    assertThat(retired.ring().take(step(Step.RETIRE, 2)).acts()).containsExactly(Act.END_OLDER);
    assertThat(retired.ring().take(step(Step.RETIRE, 1)).answer()).isEqualTo(Answer.CONFIRM);
  }

  @Test
  void whatWasOfferedCanBeWithdrawnUntilItIsKept() {
    running(1);
    offer(2);

    assertThat(take(Step.WITHDRAW, 2)).isEqualTo(Answer.CONFIRM);
    assertThat(ring.key(2)).isEmpty();
    assertThat(take(Step.WITHDRAW, 2)).isEqualTo(Answer.CONFIRM);
    assertThat(take(Step.ACTIVATE, 2)).isEqualTo(Answer.UNKNOWN_KEY);
    assertThat(take(Step.WITHDRAW, 1)).isEqualTo(Answer.ALREADY_ACTIVE);
    assertThat(ring.dialEpoch()).isEqualTo(1);
  }

  @Test
  void aCutForgetsEverythingAndTakesNewerEpochsAlone() {
    running(3);
    offer(4);

    KeyRing.Turn cut = ring.take(step(Step.CUT, 4));

    assertThat(cut.acts()).isEqualTo(Set.of(Act.END_ALL, Act.STORE));
    ring = cut.ring();
    assertThat(ring.dialEpoch()).isZero();
    assertThat(ring.key(3)).isEmpty();
    assertThat(ring.key(4)).isEmpty();
    assertThat(offer(4)).isEqualTo(Answer.EPOCH_CUT);
    assertThat(take(Step.CUT, 4)).isEqualTo(Answer.CONFIRM);
    assertThat(offer(5)).isEqualTo(Answer.CONFIRM);
  }

  @Test
  void anotherKeyUnderAKnownEpochIsNotTaken() {
    running(2);

    assertThat(ring.take(offered(2, 77)).answer()).isEqualTo(Answer.NOT_NEWER);
    assertThat(ring.take(offered(1, 1)).answer()).isEqualTo(Answer.NOT_NEWER);
    assertThat(offer(2)).isEqualTo(Answer.CONFIRM);
    offer(3);
    assertThat(ring.take(offered(3, 77)).answer()).isEqualTo(Answer.CONFIRM);
    take(Step.ACTIVATE, 3);
    assertThat(ring.take(offered(3, 77)).answer()).isEqualTo(Answer.NOT_NEWER);
  }

  @Test
  void anyStepsInAnyOrderKeepWhatWasPromised() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      ring = KeyRing.empty(LINK);
      for (int i = 0; i < 40; i++) {
        KeyRing before = ring;
        int epoch = 1 + random.nextInt(5);
        if (random.nextInt(4) == 0) {
          ring = ring.proven(epoch).ring();
        } else {
          Step step = Step.values()[random.nextInt(Step.values().length)];
          KeyStep asked = step == Step.OFFER ? offered(epoch, epoch) : step(step, epoch);
          KeyRing.Turn turn = ring.take(asked);
          ring = turn.ring();
          KeyRing.Turn again = ring.take(asked);
          assertThat(again.answer()).as("%d: %s again", seed, asked).isEqualTo(turn.answer());
          assertThat(again.ring()).isEqualTo(ring);
          promised(before, turn, asked, seed);
        }
        if (random.nextInt(10) == 0) {
          ring = KeyRing.stored(LINK, ring.kept(), ring.cutUpTo());
        }
      }
    }
  }

  private static void promised(KeyRing before, KeyRing.Turn turn, KeyStep asked, int seed) {
    KeyRing after = turn.ring();
    String what = seed + ": " + before + " → " + asked + " → " + after;
    if (asked.step() != Step.CUT && !before.kept().isEmpty()) {
      assertThat(after.kept()).as(what).isNotEmpty();
      assertThat(after.kept().lastKey()).as(what).isEqualTo(before.kept().lastKey());
    }
    if (turn.answer() == Answer.CONFIRM && asked.step() == Step.ACTIVATE) {
      assertThat(after.kept()).as(what).containsKey(asked.epoch());
    }
    if (!before.kept().equals(after.kept()) || before.cutUpTo() != after.cutUpTo()) {
      assertThat(turn.acts()).as(what).contains(Act.STORE);
    }
    assertThat(after.kept().headMap(after.cutUpTo() + 1)).as(what).isEmpty();
  }

  private void running(int epoch) {
    offer(epoch);
    take(Step.ACTIVATE, epoch);
    ring = ring.proven(epoch).ring();
  }

  private Answer offer(int epoch) {
    return take(offered(epoch, epoch));
  }

  private Answer take(Step step, int epoch) {
    return take(step(step, epoch));
  }

  private Answer take(KeyStep step) {
    KeyRing.Turn turn = ring.take(step);
    ring = turn.ring();
    return turn.answer();
  }

  private static KeyStep offered(int epoch, int key) {
    return KeyStep.offer(new PairKeyGrant(LINK, epoch, key(key)), 1);
  }

  private static KeyStep step(Step step, int epoch) {
    return KeyStep.of(step, LINK, epoch, 1);
  }

  private static Secret key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return Secret.of(bytes);
  }
}
