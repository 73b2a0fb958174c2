package io.elottery.lottery.verify;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.DrawName;
import io.elottery.lottery.bundle.Leaf;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.party.DrawPhase;
import io.elottery.lottery.party.DrawView;
import io.elottery.lottery.party.DrawView.Closing;
import io.elottery.lottery.party.Recount;
import io.elottery.lottery.prizes.Settlement;
import io.elottery.lottery.prizes.Winners;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Prize;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.Tier;
import io.elottery.lottery.shares.SealedShare;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A whole draw of a small game with parties of its own, for tests. */
public final class SmallDraw {
  public static final Instant AT = Instant.parse("2026-11-21T20:00:00.250Z");
  public static final byte[] BUILD = Sha256.of(text("build"));

  public final DrawName draw = DrawName.parse("mini:TORM211126");
  public final Rules rules = rules();
  public final TreeMap<String, KeyPair> keys = new TreeMap<>();
  public final List<byte[]> leaves = new ArrayList<>();
  public boolean lieAboutWinners;

  public SmallDraw(int tickets) {
    for (String party : List.of("LEFT", "RIGHT", "AUDITOR")) {
      keys.put(party, keyPair(party));
    }
    for (int i = 0; i < tickets; i++) {
      Map<String, List<Integer>> picks = Map.of("main", List.of(1 + i % 3, 4), "bonus", List.of(1));
      Leaf leaf =
          new Leaf(
              draw,
              "ticket-" + i,
              List.of(new Line(new TreeMap<>(picks))),
              Leaf.ownerOf(text("salt"), "TORC000" + i),
              100 + i,
              rules.price());
      leaves.add(leaf.toBytes());
    }
  }

  private static Rules rules() {
    return new Rules(
        "mini",
        "Mini",
        100,
        "CAD",
        500,
        List.of(Pool.of("main", 2, 4), Pool.of("bonus", 1, 2)),
        List.of(
            new Tier("all", new TreeMap<>(Map.of("main", 2, "bonus", 1)), new Prize.Share(1000)),
            new Tier("one", new TreeMap<>(Map.of("main", 1)), new Prize.Fixed(50))),
        "all");
  }

  public byte[] share(String party) {
    return Sha256.of(text("secret-" + party));
  }

  public Closing closing() {
    return new Closing(leaves.size(), MerkleTree.rootOf(leaves));
  }

  public byte[] closeSignature(String party) {
    Closing closing = closing();
    return sign(party, SealedShare.closingText(draw.toString(), closing.size(), closing.root()));
  }

  public byte[] sign(String party, byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(keyOf(party).getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public byte[] publicKey(String party) {
    byte[] encoded = keyOf(party).getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  public PartiesFile parties() {
    TreeMap<String, byte[]> named = new TreeMap<>();
    keys.keySet().forEach(party -> named.put(party, publicKey(party)));
    return new PartiesFile(1, named, new TreeMap<>());
  }

  /** The record as it is when all have done their part. */
  public DrawView drawn() {
    TreeMap<String, byte[]> shares = new TreeMap<>();
    keys.keySet().forEach(party -> shares.put(party, share(party)));
    return drawn(shares);
  }

  /** The same, from these shares. */
  public DrawView drawn(SortedMap<String, byte[]> shares) {
    TreeMap<String, byte[]> commits = new TreeMap<>();
    TreeMap<String, byte[]> signatures = new TreeMap<>();
    for (String party : keys.keySet()) {
      commits.put(party, SealedShare.commit(draw.toString(), party, share(party)));
      signatures.put(party, closeSignature(party));
    }
    Closing closing = closing();
    byte[] seed =
        SealedShare.seed(draw.toString(), rules.hash(), closing.root(), closing.size(), shares);
    Numbers numbers = Numbers.draw(seed, draw.toString(), rules.pools());
    Winners winners = new Winners(rules, numbers);
    for (byte[] leaf : leaves) {
      parsed(leaf).lines().forEach(winners::add);
    }
    if (lieAboutWinners) {
      winners.add(new Line(new TreeMap<>(numbers.drawn())));
    }
    Settlement settlement =
        Settlement.of(rules, winners.counts(), leaves.size() * rules.price(), 700);
    return new DrawView(
        draw,
        rules,
        BUILD,
        DrawPhase.DRAWN,
        parties().parties(),
        commits,
        Optional.of(closing),
        signatures,
        shares,
        Optional.of(new DrawView.Result(seed, numbers, settlement.tiers())),
        700);
  }

  /** The bundle, certified. */
  public Bundle bundle() {
    Bundle unsigned = Recount.of(drawn(), leaves, "", "AUDITOR", AT).bundle();
    return unsigned.signed(sign("AUDITOR", unsigned.certifyText()));
  }

  private static Leaf parsed(byte[] leaf) {
    try {
      return Leaf.parse(leaf);
    } catch (JsonRefused e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyPair keyOf(String party) {
    return Objects.requireNonNull(keys.get(party));
  }

  // The same keys in every run.
  private static KeyPair keyPair(String party) {
    SecureRandom seeded =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            byte[] seed = Sha256.of(text("key of " + party));
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
          }
        };
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, seeded);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
