package io.elottery.keyvault.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.bouncycastle.Shamir;
import io.elottery.keyvault.pieces.PieceRefused.Why;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.Lock;
import io.elottery.keyvault.vault.VaultHeader;
import io.elottery.keyvault.vault.VaultKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class UnsealingTest {
  private final RandomSource random = new SecureRandomSource();
  private final Map<Compartment, Secret> secrets = CutVault.freshKeys(random);
  private final CutVault cut = CutVault.of(1, secrets, 5, 3, random);
  private final VaultKeys keys = VaultKeys.sealed(cut.header(), random);

  @Test
  void threeOfFiveOpenWhicheverTheyAre() throws Exception {
    for (int[] three : new int[][] {{1, 2, 3}, {3, 4, 5}, {5, 1, 2}, {2, 4, 5}}) {
      Unsealing unsealing = nothing(Compartment.LEFT);
      for (int number : three) {
        assertThat(unsealing.key()).isEmpty();
        unsealing = unsealing.with(piece(Compartment.LEFT, number), person(number));
      }
      VaultKeys fresh = VaultKeys.sealed(cut.header(), random);
      fresh.open(Compartment.LEFT, unsealing.key().orElseThrow());
      assertThat(fresh.isOpen(Compartment.LEFT)).isTrue();
      assertThat(fresh.isOpen(Compartment.RIGHT)).isFalse();
    }
  }

  @Test
  void anyTwoOpenNothing() {
    for (int a = 1; a <= 5; a++) {
      for (int b = a + 1; b <= 5; b++) {
        SortedMap<Integer, Secret> two = new TreeMap<>();
        two.put(a, piece(Compartment.NETWORK, a).share());
        two.put(b, piece(Compartment.NETWORK, b).share());
        Secret joined = Shamir.join(two);
        assertThatThrownBy(() -> keys.open(Compartment.NETWORK, joined))
            .isInstanceOf(SealBroken.class);
      }
    }
    assertThat(keys.isOpen(Compartment.NETWORK)).isFalse();
  }

  @Test
  void piecesOfOnePersonAreRefusedHoweverTheNameIsWritten() throws Exception {
    Unsealing one =
        nothing(Compartment.NETWORK)
            .with(piece(Compartment.NETWORK, 1), new Giver("Ada B. Lee", Optional.empty()));

    refused(
        Why.SAME_PERSON,
        () -> one.with(piece(Compartment.NETWORK, 2), new Giver("ada b lee", Optional.empty())));
    refused(Why.GIVEN_BEFORE, () -> one.with(piece(Compartment.NETWORK, 1), person(2)));
  }

  @Test
  void wrongPieceIsRefusedAtOnceAndSpoilsNothing() throws Exception {
    KeyPiece foreign = CutVault.of(1, CutVault.freshKeys(random), 5, 3, random).pieces().get(0);
    Unsealing one = nothing(Compartment.NETWORK).with(piece(Compartment.NETWORK, 2), person(1));

    refused(Why.WRONG, () -> one.with(foreign, person(2)));
    refused(Why.WRONG, () -> one.with(piece(Compartment.RIGHT, 1), person(2)));
    refused(
        Why.WRONG,
        () ->
            one.with(
                new KeyPiece(Compartment.NETWORK, 1, 1, 5, piece(Compartment.NETWORK, 3).share()),
                person(2)));
    assertThat(one.given()).isEqualTo(1);
  }

  @Test
  void nobodyOfLeftsSetHelpsToOpenRight() throws Exception {
    Giver lefts = new Giver("lefts", Optional.of(Hemisphere.LEFT));

    refused(
        Why.OTHER_SET, () -> nothing(Compartment.RIGHT).with(piece(Compartment.RIGHT, 1), lefts));
    assertThat(nothing(Compartment.LEFT).with(piece(Compartment.LEFT, 1), lefts).given())
        .isEqualTo(1);
    assertThat(nothing(Compartment.NETWORK).with(piece(Compartment.NETWORK, 1), lefts).given())
        .isEqualTo(1);
  }

  @Test
  void renewedPiecesOpenTheSameKeysAndOldOnesAreRefused() throws Exception {
    VaultKeys open = cut.opened(secrets, random);
    byte[] secret = open.sealer(Compartment.LEFT).seal("x", new byte[] {1, 2});
    CutVault next = open.cut(3, 2);
    assertThat(open.renewed(next.header())).isTrue();
    assertThat(open.renewed(cut.header())).isFalse();

    VaultKeys again = VaultKeys.sealed(next.header(), random);
    Lock.Pieces lock = next.header().pieces(Compartment.LEFT).orElseThrow();
    Unsealing unsealing = Unsealing.of(Compartment.LEFT, 2, lock);
    refused(Why.OTHER_GENERATION, () -> unsealing.with(piece(Compartment.LEFT, 1), person(1)));
    again.open(
        Compartment.LEFT,
        unsealing
            .with(piece(next, Compartment.LEFT, 1), person(1))
            .with(piece(next, Compartment.LEFT, 3), person(2))
            .key()
            .orElseThrow());
    assertThat(again.sealer(Compartment.LEFT).open("x", secret)).containsExactly(1, 2);
  }

  @Test
  void onePieceIsProvenWithoutTheOthers() throws Exception {
    assertThat(PieceProof.of(piece(Compartment.RIGHT, 4).text(), cut.header()).words())
        .isEqualTo("piece 4 of 5 for right, generation 1: genuine; 3 are needed");
    VaultHeader other = CutVault.of(1, secrets, 5, 3, random).header();
    refused(Why.WRONG, () -> PieceProof.of(piece(Compartment.RIGHT, 4).text(), other));
  }

  @Test
  void sharesOfSeededSecretsJoinFromAnySubset() {
    for (int seed = 0; seed < 50; seed++) {
      Random seeded = new Random(seed);
      int shares = 2 + seeded.nextInt(20);
      int threshold = 2 + seeded.nextInt(shares - 1);
      Secret secret = Secret.random(random, 32);
      List<Secret> all = Shamir.split(secret, threshold, shares, random);
      SortedMap<Integer, Secret> some = new TreeMap<>();
      while (some.size() < threshold) {
        int number = 1 + seeded.nextInt(shares);
        some.put(number, all.get(number - 1));
      }
      assertThat(Shamir.join(some)).as("seed %d", seed).isEqualTo(secret);
      some.remove(some.firstKey());
      assertThat(Shamir.join(some)).as("seed %d", seed).isNotEqualTo(secret);
    }
  }

  private Unsealing nothing(Compartment compartment) {
    return Unsealing.of(compartment, 1, cut.header().pieces(compartment).orElseThrow());
  }

  private KeyPiece piece(Compartment compartment, int number) {
    return piece(cut, compartment, number);
  }

  private static KeyPiece piece(CutVault of, Compartment compartment, int number) {
    return of.pieces().stream()
        .filter(each -> each.compartment() == compartment && each.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private static Giver person(int number) {
    return new Giver("person " + number, Optional.empty());
  }

  private static void refused(Why why, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(PieceRefused.class)
        .extracting(refused -> ((PieceRefused) refused).why())
        .isEqualTo(why);
  }
}
