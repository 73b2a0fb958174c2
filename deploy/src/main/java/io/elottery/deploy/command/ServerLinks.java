package io.elottery.deploy.command;

import io.elottery.deploy.outcome.CommandFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery servers …}: who belongs to which half and who is whose neighbour. */
@Command(
    name = "servers",
    description = {
      "Divides the workers: halves and neighbours.",
      "Each change shows its effect first and is approved by a second person."
    })
final class ServerLinks {
  private final ServerDivision division;

  ServerLinks(Invocation invocation) {
    this.division = new ServerDivision(invocation);
  }

  @Command(
      name = "link",
      description = "Proposes that two workers become neighbours, with a key of their own.")
  int link(
      @Parameters(index = "0", paramLabel = "WORKER") String one,
      @Parameters(index = "1", paramLabel = "WORKER") String other,
      @Mixin ServerDivision.Options options)
      throws CommandFailed {
    return division.pair("link", one, other, options);
  }

  @Command(
      name = "unlink",
      description = "Proposes that two workers are neighbours no more; their key is destroyed.")
  int unlink(
      @Parameters(index = "0", paramLabel = "WORKER") String one,
      @Parameters(index = "1", paramLabel = "WORKER") String other,
      @Mixin ServerDivision.Options options)
      throws CommandFailed {
    return division.pair("unlink", one, other, options);
  }

  @Command(name = "assign", description = "Proposes that a worker belongs to the other half.")
  int assign(
      @Parameters(index = "0", paramLabel = "WORKER") String worker,
      @Parameters(index = "1", paramLabel = "left|right") String half,
      @Mixin ServerDivision.Options options)
      throws CommandFailed {
    return division.assign(worker, half, options);
  }

  @Command(
      name = "neighbours",
      description = "Proposes that a worker has exactly these neighbours; \"none\" for none.")
  int neighbours(
      @Parameters(index = "0", paramLabel = "WORKER") String worker,
      @Parameters(index = "1", paramLabel = "WORKER,…") String others,
      @Mixin ServerDivision.Options options)
      throws CommandFailed {
    return division.neighbours(worker, others, options);
  }

  @Command(
      name = "remove",
      description = {
        "Proposes that a worker leaves the network for good: it rests, its links close and their"
            + " keys are destroyed, its certificate is revoked, and it ends.",
        "Refused while a draw would lose its copies; --force lets copies go where a majority stays."
      })
  int remove(
      @Parameters(index = "0", paramLabel = "WORKER") String worker,
      @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "Why.")
          String reason,
      @Option(names = "--force", description = "Although copies are lost with it.") boolean force)
      throws CommandFailed {
    return division.remove(worker, reason, force);
  }

  @Command(
      name = "suggest",
      description = {
        "Suggests a division over data centres and zones: both halves of the same size, neighbours"
            + " spread, all joined.",
        "Prints how it differs from today's, as commands; --apply proposes them as one plan."
      })
  int suggest(
      @Option(names = "--neighbours", defaultValue = "4", paramLabel = "N") int neighbours,
      @Option(
              names = "--seed",
              defaultValue = "1",
              paramLabel = "N",
              description = "Decides between equals; the same seed suggests the same.")
          int seed,
      @Option(names = "--apply", description = "Proposes it.") boolean apply,
      @Mixin ServerDivision.Options options)
      throws CommandFailed {
    return division.suggest(neighbours, seed, apply, options);
  }
}
