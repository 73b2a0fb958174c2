package io.elottery.lottery.machine;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.party.DrawView;
import io.elottery.lottery.party.Recount;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.shares.SealedShare;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** LEFT, RIGHT and AUDITOR with keys that are the same in every run. */
final class DrawParties {
  static final PartyName LEFT = PartyName.of("LEFT");
  static final PartyName RIGHT = PartyName.of("RIGHT");
  static final PartyName AUDITOR = PartyName.of("AUDITOR");
  static final List<PartyName> ALL = List.of(AUDITOR, LEFT, RIGHT);
  private static final TreeMap<PartyName, KeyPair> KEYS = pairs();

  private final Shard shard;

  DrawParties(Shard shard) {
    this.shard = shard;
  }

  private static TreeMap<PartyName, KeyPair> pairs() {
    TreeMap<PartyName, KeyPair> pairs = new TreeMap<>();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      for (PartyName party : ALL) {
        Random same = new Random(party.text().hashCode());
        generator.initialize(
            255,
            new SecureRandom() {
              private static final long serialVersionUID = 1L;

              @Override
              public void nextBytes(byte[] bytes) {
                same.nextBytes(bytes);
              }
            });
        pairs.put(party, generator.generateKeyPair());
      }
      return pairs;
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static KeyPair keyOf(PartyName party) {
    return Objects.requireNonNull(KEYS.get(party));
  }

  List<PartyKey> keys() {
    return ALL.stream()
        .map(
            party -> {
              byte[] encoded = keyOf(party).getPublic().getEncoded();
              return new PartyKey(
                  party,
                  Octets.wrap(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            })
        .toList();
  }

  static Octets sign(PartyName party, byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keyOf(party).getPrivate());
      signature.update(text);
      return Octets.wrap(signature.sign());
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static Octets share(DrawRef draw, PartyName party) {
    return Shard.hash("share of " + party + " in " + draw);
  }

  static PartyCommand.CommitShare commit(DrawRef draw, PartyName party) {
    byte[] commit = SealedShare.commit(draw.toString(), party.text(), share(draw, party).toBytes());
    return new PartyCommand.CommitShare(draw, party, Octets.wrap(commit));
  }

  List<byte[]> leaves(DrawRef draw) {
    return shard
        .found(new LotteryQuery.Leaves(draw, 0, 5000), LotteryAnswer.LeavesFound.class)
        .leaves()
        .stream()
        .map(Octets::toBytes)
        .toList();
  }

  PartyCommand.SignClose signature(DrawRef draw, PartyName party) {
    List<byte[]> leaves = leaves(draw);
    return signature(draw, party, leaves.size(), MerkleTree.rootOf(leaves));
  }

  static PartyCommand.SignClose signature(DrawRef draw, PartyName party, long size, byte[] root) {
    byte[] text = SealedShare.closingText(draw.toString(), size, root);
    return new PartyCommand.SignClose(draw, party, size, Octets.wrap(root), sign(party, text));
  }

  static PartyCommand.RevealShare reveal(DrawRef draw, PartyName party) {
    return new PartyCommand.RevealShare(draw, party, share(draw, party));
  }

  Recount recount(DrawRef draw) {
    DrawView view = DrawView.of(shard.draw(draw));
    return Recount.of(
        view, leaves(draw), Recount.leavesUrl(view.draw()), AUDITOR.text(), shard.now);
  }

  PartyCommand.CertifyDraw certificate(DrawRef draw) {
    Recount recount = recount(draw);
    return new PartyCommand.CertifyDraw(
        draw, AUDITOR, shard.now, sign(AUDITOR, recount.bundle().certifyText()));
  }

  void step(LotteryCommand command) {
    shard.done(command, LotteryReply.StepRecorded.class);
  }

  void commitAll(DrawRef draw) {
    ALL.forEach(party -> step(commit(draw, party)));
  }

  void signAll(DrawRef draw) {
    ALL.forEach(party -> step(signature(draw, party)));
  }

  void revealAll(DrawRef draw) {
    ALL.forEach(party -> step(reveal(draw, party)));
  }

  /** Closed to certified. */
  void finish(DrawRef draw) {
    signAll(draw);
    revealAll(draw);
    step(certificate(draw));
  }
}
