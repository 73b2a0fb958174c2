package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.verify.BundleVerifier;
import io.elottery.lottery.verify.Check;
import io.elottery.lottery.verify.ReceiptVerifier;
import io.elottery.lottery.verify.SignedHistory;
import io.elottery.lottery.verify.Verdict;
import io.elottery.lottery.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code elottery verify}: checks a draw's bundle, or a receipt, also against what the copies of
 * its shard signed; needs no network and no cluster.
 */
@Command(
    name = "verify",
    description = {
      "Checks a draw's bundle or a ticket's receipt offline, with nothing else trusted.",
      "A receipt with --heads is refused when the history that the shard's copies signed"
          + " contradicts it; with its inclusion file it is told whether the sale itself is part"
          + " of what they signed."
    })
final class Verify implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(arity = "1", paramLabel = "FILE", description = "The bundle or receipt.")
  private Path file = Path.of("");

  @Option(
      names = "--parties",
      paramLabel = "FILE",
      description = "The parties file published before the sale; pins whose keys these are.")
  private Optional<Path> parties = Optional.empty();

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description =
          "For a receipt, once or several times: what GET /api/v1/heads/SHARD answered, now or once"
              + " before, or GET /api/v1/tickets/TICKET/inclusion.")
  private List<Path> heads = List.of();

  @Option(
      names = "--authority",
      paramLabel = "FINGERPRINT",
      description = "The network's authority, where you know it; for --heads.")
  private Optional<String> authority = Optional.empty();

  private Optional<String> network = Optional.empty(); // whose heads are taken

  Verify(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    Optional<PartiesFile> pinned = Optional.empty();
    if (parties.isPresent()) {
      pinned = Optional.of(pinned(parties.get()));
    }
    byte[] given = bytes(file);
    boolean receipt = ReceiptVerifier.isReceipt(given);
    if (!receipt && !heads.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "--heads is for a receipt, " + file + " is none");
    }
    Verification verification =
        receipt ? verified(given, pinned) : BundleVerifier.verify(given, pinned);
    invocation.output().print(invocation.out(), tree(verification), () -> text(verification));
    return (verification.verdict() == Verdict.REFUSED
            ? ExitCode.VERIFICATION_FAILED
            : ExitCode.DONE)
        .number();
  }

  private Verification verified(byte[] receipt, Optional<PartiesFile> pinned) throws CommandFailed {
    network = authority;
    Optional<SignedHistory> history = Optional.empty();
    for (Path file : heads) {
      try {
        byte[] page = bytes(file);
        if (network.isEmpty()) {
          network = Optional.of(PublishedHeads.authority(page));
        }
        SignedHistory read = PublishedHeads.read(page, network);
        if (history.filter(before -> before.shard() != read.shard()).isPresent()) {
          throw new JsonRefused(file + " is of shard " + read.shard() + ", the one before is not");
        }
        history = Optional.of(history.map(before -> before.with(read)).orElse(read));
      } catch (JsonRefused refused) {
        Check lie = new Check("heads", file + ": " + refused.getMessage(), false);
        return new Verification(Verdict.REFUSED, List.of(lie), "");
      }
    }
    return ReceiptVerifier.verify(receipt, pinned, history);
  }

  private String text(Verification verification) {
    StringBuilder text = new StringBuilder();
    verification.checks().forEach(check -> text.append(check).append('\n'));
    text.append(verification.verdict().text());
    if (!verification.status().isEmpty()) {
      text.append(", the draw is ").append(verification.status());
    }
    if (verification.verdict() == Verdict.SELF_CONSISTENT_ONLY) {
      text.append(": whose keys these are is known only with --parties");
    }
    if (verification.verdict() != Verdict.REFUSED && !heads.isEmpty() && authority.isEmpty()) {
      text.append("; whose servers signed the heads is known only with --authority ");
      network.ifPresent(text::append);
    }
    return text.append('\n').toString();
  }

  private static ObjectNode tree(Verification verification) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("verdict", verification.verdict().text()).put("status", verification.status());
    ArrayNode checks = tree.putArray("checks");
    for (Check check : verification.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("holds", check.holds())
          .put("compared", check.compared());
    }
    return tree;
  }

  private static PartiesFile pinned(Path file) throws CommandFailed {
    try {
      return PartiesFile.parse(bytes(file));
    } catch (JsonRefused refused) {
      throw new CommandFailed(
          ExitCode.USAGE, file + " is no parties file: " + refused.getMessage(), refused);
    }
  }

  private static byte[] bytes(Path file) throws CommandFailed {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.USAGE, "cannot read " + unreadable.getMessage(), unreadable);
    }
  }
}
