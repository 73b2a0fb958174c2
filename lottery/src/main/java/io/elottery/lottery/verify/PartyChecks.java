package io.elottery.lottery.verify;

import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleParty;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The checks of rules, parties, seed, numbers and certificate. */
final class PartyChecks {
  private PartyChecks() {}

  static Check rules(Bundle bundle) {
    if (!bundle.game().name().equals(bundle.draw().game())) {
      return new Check(
          "rules", "of " + bundle.game().name() + ", but the draw is " + bundle.draw(), false);
    }
    byte[] hash = bundle.game().hash();
    return new Check(
        "rules",
        "SHA-256 of the game is " + brief(hash) + ", rulesHash says " + brief(bundle.rulesHash()),
        Arrays.equals(hash, bundle.rulesHash()));
  }

  static Check parties(Bundle bundle) {
    List<String> names = bundle.parties().stream().map(BundleParty::name).toList();
    boolean ascending = true;
    for (int i = 1; i < names.size(); i++) {
      ascending &= names.get(i - 1).compareTo(names.get(i)) < 0;
    }
    boolean complete =
        names.contains("LEFT")
            && names.contains("RIGHT")
            && names.stream().anyMatch(SealedShare::isAuditor);
    return new Check(
        "parties",
        names + ", expected LEFT, RIGHT and an AUDITOR, ascending",
        ascending && complete);
  }

  static Check pinned(Bundle bundle, PartiesFile file) {
    for (BundleParty party : bundle.parties()) {
      byte[] key = file.parties().get(party.name());
      if (key == null || !Arrays.equals(key, party.publicKey())) {
        String why = key == null ? " is not in the parties file" : " has another key there";
        return new Check("pinned keys", party.name() + why, false);
      }
    }
    return new Check(
        "pinned keys",
        bundle.parties().size() + " keys equal those of parties file version " + file.version(),
        true);
  }

  static Check closeSignature(Bundle bundle, BundleParty party) {
    byte[] text = SealedShare.closingText(bundle.draw().toString(), bundle.size(), bundle.root());
    return new Check(
        "signature of " + party.name(),
        "over the closing text of " + bundle.size() + " tickets and this root",
        PartySignature.holds(party.publicKey(), text, party.closeSignature()));
  }

  static Check commit(Bundle bundle, BundleParty party) {
    byte[] commit = SealedShare.commit(bundle.draw().toString(), party.name(), party.share());
    return new Check(
        "share of " + party.name(),
        "commits to " + brief(commit) + ", committed was " + brief(party.commit()),
        Arrays.equals(commit, party.commit()));
  }

  static Check seed(Bundle bundle) {
    SortedMap<String, byte[]> shares = new TreeMap<>();
    bundle.parties().forEach(party -> shares.put(party.name(), party.share()));
    byte[] seed =
        SealedShare.seed(
            bundle.draw().toString(), bundle.rulesHash(), bundle.root(), bundle.size(), shares);
    return new Check(
        "seed",
        "from rules, root, size and all shares " + brief(seed) + ", stated " + brief(bundle.seed()),
        Arrays.equals(seed, bundle.seed()));
  }

  static Check numbers(Bundle bundle) {
    Numbers drawn = Numbers.draw(bundle.seed(), bundle.draw().toString(), bundle.game().pools());
    return new Check(
        "numbers",
        "drawn from the seed " + drawn.drawn() + ", stated " + bundle.numbers().drawn(),
        drawn.equals(bundle.numbers()));
  }

  static Check certificate(Bundle bundle) {
    String by = bundle.certified().by();
    byte[] text = bundle.certifyText();
    boolean holds =
        SealedShare.isAuditor(by)
            && bundle.parties().stream()
                .filter(party -> party.name().equals(by))
                .anyMatch(
                    party ->
                        PartySignature.holds(
                            party.publicKey(), text, bundle.certified().signature()));
    return new Check(
        "certificate", by + "'s signature over everything, status " + bundle.status(), holds);
  }

  private static String brief(byte[] hash) {
    return BytesText.hex(hash).substring(0, 16) + "…";
  }
}
