package io.elottery.lottery.party;

import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.bundle.DrawName;
import io.elottery.lottery.bundle.Tickets;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.verify.BundleVerifier;
import io.elottery.lottery.verify.Check;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The auditor's own count of a draw: the draw's record and the leaves it fetched put together, and
 * everything recomputed. Equal: to be certified; not: to be disputed.
 *
 * @param bundle complete but for the auditor's signature, which is over {@link Bundle#certifyText}
 * @param difference what was not equal; empty when it is to be certified
 */
public record Recount(Bundle bundle, Optional<String> difference) {
  /**
   * Counts.
   *
   * @param view of a drawn draw: with closing, every commit, signature and share, and a result
   * @param leaves as fetched, in ledger order
   * @param leavesUrl where the leaves will be, for more than {@link Bundle#LEAVES_MAX}
   * @param auditor the certifying party's name
   * @param now by the auditor's clock; cut to milliseconds
   * @throws IllegalArgumentException when the view is not that of a drawn draw
   */
  public static Recount of(
      DrawView view, List<byte[]> leaves, String leavesUrl, String auditor, Instant now) {
    Certificate unsigned =
        new Certificate(
            auditor, now.truncatedTo(ChronoUnit.MILLIS), new byte[PartySignature.LENGTH]);
    Tickets tickets = Tickets.of(leaves, leavesUrl);
    Bundle bundle = view.bundle(tickets, BundleStatus.CERTIFIED, unsigned);
    Optional<String> difference =
        BundleVerifier.recompute(bundle, leaves).stream()
            .filter(check -> !check.holds())
            .map(Check::toString)
            .findFirst();
    return difference.isEmpty()
        ? new Recount(bundle, difference)
        : new Recount(view.bundle(tickets, BundleStatus.DISPUTED, unsigned), difference);
  }

  /** Where the public API gives a draw's leaves, for bundles that hold only their hashes. */
  public static String leavesUrl(DrawName draw) {
    return "/api/v1/draws/" + draw.game() + "/" + draw.id() + "/leaves";
  }
}
