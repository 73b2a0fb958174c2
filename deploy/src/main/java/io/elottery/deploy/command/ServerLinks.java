package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import java.util.List;
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
      name = "add",
      description = {
        "Proposes that new workers belong to the network.",
        "Once approved, `elottery approvals show ID` shows the proposer a join token for each, once:"
            + " the worker's enrol.token-file. They hold no copies until `elottery shards balance`."
      })
  int add(
      @Parameters(index = "0", paramLabel = "WORKER,…", split = ",") List<String> workers,
      @Option(
              names = "--half",
              defaultValue = "",
              paramLabel = "left|right",
              description = "Who supervises them; else the half with fewer.")
          String half,
      @Option(names = "--datacentre", defaultValue = "", description = "Where they stand.")
          String datacentre,
      @Option(names = "--zone", defaultValue = "", description = "Where in it.") String zone,
      @Option(
              names = "--neighbours",
              split = ",",
              paramLabel = "WORKER,…",
              description = "Of each; else three that watch fewest.")
          List<String> neighbours)
      throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    workers.forEach(body.putArray("workers")::add);
    if (neighbours != null) {
      neighbours.forEach(body.putArray("neighbours")::add);
    }
    return division.add(
        body.put("hemisphere", half).put("datacentre", datacentre).put("zone", zone));
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
