package io.elottery.lottery.verify;

import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleParty;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.bundle.Tickets;
import io.elottery.lottery.canonical.JsonRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks a draw's bundle offline, with SHA-256 and Ed25519 only, and stops at the first lie.
 *
 * <p>That everything holds means: the rules and commitments were fixed, every party signed this
 * list of tickets, the numbers follow from all shares together, and the winners from the numbers.
 * Who the parties are is known only with their keys pinned by a parties file.
 */
public final class BundleVerifier {
  private BundleVerifier() {}

  /**
   * Checks a bundle file.
   *
   * @param pinned the parties file published before the sale; empty: self-consistent at most
   */
  public static Verification verify(byte[] file, Optional<PartiesFile> pinned) {
    return verify(file, pinned, Optional.empty());
  }

  /**
   * Checks a bundle file that names only the leaves' hashes.
   *
   * @param given the leaves from the bundle's {@code leavesUrl}; not used when it has its leaves
   */
  public static Verification verify(
      byte[] file, Optional<PartiesFile> pinned, Optional<List<byte[]>> given) {
    Bundle bundle;
    try {
      bundle = Bundle.parse(file);
    } catch (JsonRefused refused) {
      Check lie = new Check("format", String.valueOf(refused.getMessage()), false);
      return new Verification(Verdict.REFUSED, List.of(lie), "");
    }
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check("format", file.length + " bytes of canonical JSON with exactly its keys", true));
    Optional<List<byte[]>> leaves = leaves(bundle.tickets(), given);
    if (leaves.isEmpty()) {
      checks.add(new Check("leaves", "only hashes are here: the leaves are needed too", false));
    } else {
      checks.addAll(run(suppliers(bundle, leaves.get())));
    }
    if (holds(checks)) {
      List<Supplier<Check>> last = new ArrayList<>();
      last.add(() -> PartyChecks.certificate(bundle));
      pinned.ifPresent(parties -> last.add(() -> PartyChecks.pinned(bundle, parties)));
      checks.addAll(run(last));
    }
    Verdict good = pinned.isPresent() ? Verdict.VERIFIED : Verdict.SELF_CONSISTENT_ONLY;
    return new Verification(holds(checks) ? good : Verdict.REFUSED, checks, bundle.status().name());
  }

  /**
   * Recomputes all but the certificate: what an auditor does before it signs.
   *
   * @param leaves in ledger order
   */
  public static List<Check> recompute(Bundle bundle, List<byte[]> leaves) {
    return run(suppliers(bundle, leaves));
  }

  private static List<Supplier<Check>> suppliers(Bundle bundle, List<byte[]> leaves) {
    TicketChecks tickets = new TicketChecks(bundle, leaves);
    List<Supplier<Check>> checks = new ArrayList<>();
    checks.add(() -> PartyChecks.rules(bundle));
    checks.add(() -> PartyChecks.parties(bundle));
    for (BundleParty party : bundle.parties()) {
      checks.add(() -> PartyChecks.commit(bundle, party));
    }
    checks.add(tickets::leaves);
    checks.add(tickets::root);
    checks.add(() -> PartyChecks.seed(bundle));
    checks.add(() -> PartyChecks.numbers(bundle));
    checks.add(tickets::winners);
    for (BundleParty party : bundle.parties()) {
      checks.add(() -> PartyChecks.closeSignature(bundle, party));
    }
    return checks;
  }

  private static List<Check> run(List<Supplier<Check>> checks) {
    List<Check> done = new ArrayList<>();
    for (Supplier<Check> check : checks) {
      Check next = check.get();
      done.add(next);
      if (!next.holds()) {
        break;
      }
    }
    return done;
  }

  private static boolean holds(List<Check> checks) {
    return checks.stream().allMatch(Check::holds);
  }

  private static Optional<List<byte[]>> leaves(Tickets tickets, Optional<List<byte[]>> given) {
    return tickets.match(
        new Tickets.Cases<>() {
          @Override
          public Optional<List<byte[]>> leaves(List<byte[]> leaves) {
            return Optional.of(leaves);
          }

          @Override
          public Optional<List<byte[]>> hashes(List<byte[]> leafHashes, String leavesUrl) {
            return given;
          }
        });
  }
}
