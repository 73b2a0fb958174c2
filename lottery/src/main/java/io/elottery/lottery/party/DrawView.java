package io.elottery.lottery.party;

import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.PartySteps;
import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleParty;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.bundle.DrawName;
import io.elottery.lottery.bundle.Tickets;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.rules.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One draw's record as its parties read it, by a fresh, linearizable read. The arrays are not to be
 * changed.
 *
 * @param build hash of the shipped jars recorded at opening, 32 bytes
 * @param keys every party of the draw with its Ed25519 public key, 32 bytes, fixed at opening
 * @param commits of those who have committed, 32 bytes
 * @param closing what the writer says was sold; empty before closing
 * @param signatures over the closing text, of those who have signed, 64 bytes
 * @param shares of those who have revealed, 32 bytes
 * @param result empty before the draw
 * @param carriedIn minor units
 */
public record DrawView(
    DrawName draw,
    Rules rules,
    byte[] build,
    DrawPhase phase,
    SortedMap<String, byte[]> keys,
    SortedMap<String, byte[]> commits,
    Optional<Closing> closing,
    SortedMap<String, byte[]> signatures,
    SortedMap<String, byte[]> shares,
    Optional<Result> result,
    long carriedIn) {
  /** Copies the maps. */
  public DrawView {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    commits = Collections.unmodifiableSortedMap(new TreeMap<>(commits));
    signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
  }

  /** The view in a ledger's answer. */
  public static DrawView of(DrawDetail detail) {
    TreeMap<String, byte[]> keys = new TreeMap<>();
    TreeMap<String, byte[]> commits = new TreeMap<>();
    TreeMap<String, byte[]> signatures = new TreeMap<>();
    TreeMap<String, byte[]> shares = new TreeMap<>();
    for (PartySteps steps : detail.parties()) {
      String name = steps.party().name().text();
      keys.put(name, steps.party().publicKey().toBytes());
      steps.commit().ifPresent(commit -> commits.put(name, commit.toBytes()));
      steps.signature().ifPresent(signature -> signatures.put(name, signature.toBytes()));
      steps.share().ifPresent(share -> shares.put(name, share.toBytes()));
    }
    return new DrawView(
        DrawName.parse(detail.summary().draw().toString()),
        detail.parsedRules(),
        detail.build().toBytes(),
        phase(detail),
        keys,
        commits,
        detail.closing().map(closed -> new Closing(closed.size(), closed.root().toBytes())),
        signatures,
        shares,
        detail
            .outcome()
            .map(drawn -> new Result(drawn.seed().toBytes(), drawn.numbers(), drawn.winners())),
        detail.carriedIn());
  }

  private static DrawPhase phase(DrawDetail detail) {
    return switch (detail.phase()) {
      case OPEN -> DrawPhase.OPEN;
      case CLOSED -> DrawPhase.CLOSED;
      case REVEALING -> DrawPhase.REVEALING;
      case DRAWN -> DrawPhase.DRAWN;
      case CERTIFIED, DISPUTED, STALLED, VOID -> DrawPhase.ENDED;
    };
  }

  /**
   * The record as a bundle, by whoever holds the tickets too: the auditor and the draw's actor, who
   * must come to the same bytes.
   *
   * @throws IllegalArgumentException when it is not the view of a drawn draw
   */
  public Bundle bundle(Tickets tickets, BundleStatus status, Certificate certified) {
    Closing closed = closing.orElseThrow(this::notDrawn);
    Result drawn = result.orElseThrow(this::notDrawn);
    return new Bundle(
        draw,
        rules,
        rules.hash(),
        build,
        parties(),
        closed.size(),
        closed.root(),
        tickets,
        drawn.seed(),
        drawn.numbers(),
        drawn.winners(),
        carriedIn,
        status,
        certified);
  }

  private List<BundleParty> parties() {
    List<BundleParty> parties = new ArrayList<>();
    for (Map.Entry<String, byte[]> party : keys.entrySet()) {
      byte[] commit = commits.get(party.getKey());
      byte[] share = shares.get(party.getKey());
      byte[] signature = signatures.get(party.getKey());
      if (commit == null || share == null || signature == null) {
        throw notDrawn();
      }
      parties.add(new BundleParty(party.getKey(), party.getValue(), commit, share, signature));
    }
    return parties;
  }

  private IllegalArgumentException notDrawn() {
    return new IllegalArgumentException(draw + " is not drawn: it has no bundle");
  }

  /**
   * The list of leaves at closing, or one computed from fetched leaves.
   *
   * @param size leaves
   * @param root 32 bytes
   */
  public record Closing(long size, byte[] root) {
    /** Whether both are the same list. */
    public boolean same(Closing other) {
      return size == other.size && Arrays.equals(root, other.root);
    }

    @Override
    public String toString() {
      return size + " leaves with root " + BytesText.hex(root);
    }
  }

  /**
   * What the system says was drawn.
   *
   * @param seed 32 bytes
   * @param winners one row for each tier, in the order of the rules
   */
  public record Result(byte[] seed, Numbers numbers, List<TierCount> winners) {
    /** Copies the list. */
    public Result {
      winners = List.copyOf(winners);
    }
  }
}
