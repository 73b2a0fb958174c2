package io.elottery.lottery.bundle;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.shares.SealedShare;
import java.util.List;

/**
 * The published evidence of one draw: everything needed to check it offline. A bundle that exists
 * is well formed, not true: {@code io.elottery.lottery.verify.BundleVerifier} says what holds. The
 * arrays are not to be changed.
 *
 * @param rulesHash as claimed, 32 bytes
 * @param build hash of the shipped jars, 32 bytes
 * @param parties ascending by name
 * @param size tickets at closing
 * @param root at closing, 32 bytes
 * @param seed 32 bytes
 * @param winners one row for each tier, in the order of the rules
 * @param carriedIn minor units
 */
public record Bundle(
    DrawName draw,
    Rules game,
    byte[] rulesHash,
    byte[] build,
    List<BundleParty> parties,
    long size,
    byte[] root,
    Tickets tickets,
    byte[] seed,
    Numbers numbers,
    List<TierCount> winners,
    long carriedIn,
    BundleStatus status,
    Certificate certified) {
  /** The value of the key {@code format}. */
  public static final String FORMAT = "elottery/bundle/v1";

  /** With more tickets than this only the leaves' hashes are in the bundle. */
  public static final int LEAVES_MAX = 100_000;

  /** Copies the lists. */
  public Bundle {
    parties = List.copyOf(parties);
    winners = List.copyOf(winners);
  }

  /** The bundle file's bytes: canonical JSON. */
  public byte[] toBytes() {
    return CanonicalJson.write(toJson());
  }

  /** The bundle as JSON. */
  public Json.Fields toJson() {
    return BundleJson.write(this);
  }

  /** What the auditor signs: over everything but its own signature, whatever that is here. */
  public byte[] certifyText() {
    Json.Fields unsigned = BundleJson.withoutSignature(toJson());
    return SealedShare.certifyText(draw.toString(), Sha256.of(CanonicalJson.write(unsigned)));
  }

  /** The same with that signature of the auditor. */
  public Bundle signed(byte[] signature) {
    return new Bundle(
        draw,
        game,
        rulesHash,
        build,
        parties,
        size,
        root,
        tickets,
        seed,
        numbers,
        winners,
        carriedIn,
        status,
        new Certificate(certified.by(), certified.at(), signature));
  }

  /** Reads {@link #toBytes()}: exactly the known keys in canonical form, nothing else. */
  public static Bundle parse(byte[] bytes) throws JsonRefused {
    return BundleJson.read(CanonicalJson.parseCanonical(bytes));
  }
}
