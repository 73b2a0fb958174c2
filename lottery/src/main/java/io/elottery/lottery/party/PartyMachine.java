package io.elottery.lottery.party;

import io.elottery.lottery.party.DrawView.Closing;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Decides what one party does next in a draw, from the draw's record alone, so that a party that
 * crashed goes on where it was. It keeps nothing and does nothing itself.
 *
 * <p>What it guarantees to its party: it never signs a root that it did not compute, and never
 * reveals before it checked every party's signature over the one closing text.
 *
 * <pre>
 *   OPEN       own commit missing                    Commit
 *   CLOSED     own leaves not fetched                FetchLeaves
 *              own root is another                   Dispute
 *              own signature missing                 Sign
 *   CLOSED or  all signatures hold, share missing    Reveal
 *   REVEALING  one does not hold                     Dispute
 *   DRAWN      auditor, leaves not fetched           FetchLeaves
 *              auditor                               Certify
 *   otherwise                                        Nothing
 * </pre>
 */
public final class PartyMachine {
  private final String party;

  /** For the party of this name. */
  public PartyMachine(String party) {
    this.party = party;
  }

  /**
   * The next step.
   *
   * @param own the list this party computed from the leaves it fetched; empty when it has not
   * @param ownKey this party's public key, 32 bytes
   */
  public Step next(DrawView view, Optional<Closing> own, byte[] ownKey) {
    byte[] recorded = view.keys().get(party);
    if (recorded == null) {
      return new Step.Nothing("end", List.of());
    }
    if (!Arrays.equals(recorded, ownKey)) {
      return new Step.Dispute("the draw records another public key for " + party);
    }
    return switch (view.phase()) {
      case OPEN -> open(view);
      case CLOSED, REVEALING -> closed(view, own);
      case DRAWN -> drawn(view, own);
      case ENDED -> new Step.Nothing("end", List.of());
    };
  }

  private Step open(DrawView view) {
    if (!view.commits().containsKey(party)) {
      return new Step.Commit();
    }
    List<String> missing = missing(view, view.commits());
    return new Step.Nothing(missing.isEmpty() ? "closing" : "commit", missing);
  }

  private Step closed(DrawView view, Optional<Closing> own) {
    if (view.closing().isEmpty()) {
      return new Step.Nothing("closing", List.of());
    }
    Closing announced = view.closing().get();
    if (own.isPresent() && !own.get().same(announced)) {
      return new Step.Dispute("fetched %s, announced is %s".formatted(own.get(), announced));
    }
    if (!view.signatures().containsKey(party)) {
      return own.<Step>map(Step.Sign::new).orElse(new Step.FetchLeaves(announced.size()));
    }
    Optional<String> broken = brokenSignature(view, announced);
    if (broken.isPresent()) {
      return new Step.Dispute("the signature of " + broken.get() + " over the root does not hold");
    }
    List<String> unsigned = missing(view, view.signatures());
    if (!unsigned.isEmpty()) {
      return new Step.Nothing("signature", unsigned);
    }
    if (!view.shares().containsKey(party)) {
      return new Step.Reveal();
    }
    List<String> unrevealed = missing(view, view.shares());
    return new Step.Nothing(unrevealed.isEmpty() ? "draw" : "share", unrevealed);
  }

  private Step drawn(DrawView view, Optional<Closing> own) {
    if (!SealedShare.isAuditor(party)) {
      return new Step.Nothing(
          "certificate", view.keys().keySet().stream().filter(SealedShare::isAuditor).toList());
    }
    if (view.closing().isEmpty()) {
      return new Step.Dispute("drawn without a closing");
    }
    if (own.isEmpty()) {
      return new Step.FetchLeaves(view.closing().get().size());
    }
    return own.get().same(view.closing().get())
        ? new Step.Certify()
        : new Step.Dispute("the leaves fetched are not those that were signed");
  }

  private static List<String> missing(DrawView view, SortedMap<String, byte[]> done) {
    return view.keys().keySet().stream().filter(name -> !done.containsKey(name)).toList();
  }

  // A party that restarted trusts its own recorded signature for the root: it signs only one.
  private static Optional<String> brokenSignature(DrawView view, Closing closing) {
    byte[] text = SealedShare.closingText(view.draw().toString(), closing.size(), closing.root());
    for (Map.Entry<String, byte[]> signed : view.signatures().entrySet()) {
      byte[] key = view.keys().get(signed.getKey());
      if (key == null || !PartySignature.holds(key, text, signed.getValue())) {
        return Optional.of(signed.getKey());
      }
    }
    return Optional.empty();
  }
}
