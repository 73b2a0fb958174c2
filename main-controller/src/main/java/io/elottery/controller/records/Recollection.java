package io.elottery.controller.records;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.servers.Server;
import io.elottery.controller.servers.ServerBook;
import io.elottery.controller.supervision.Supervisor;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.reports.roster.Party;
import io.elottery.reports.verdict.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what mains recorded before: servers, parties, verdicts; at the start, until it succeeds,
 * and whenever this main begins to act. On main's loop.
 */
public final class Recollection implements Duty {
  private static final Logger log = LoggerFactory.getLogger(Recollection.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param recalled told of LEFT's fence once all was read as its leader
   */
  public record Ports(
      Records records,
      Timers timers,
      ServerBook book,
      RosterKeeper roster,
      Supervisor supervisor,
      LongConsumer recalled) {}

  private final Ports ports;

  /** Reads nothing until started. */
  public Recollection(Ports ports) {
    this.ports = ports;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    read(Optional.empty());
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    read(hemisphere == Hemisphere.LEFT ? Optional.of(fence) : Optional.empty());
  }

  @Override
  public void end(Hemisphere hemisphere) {
    // What was read stays true.
  }

  private void read(Optional<Long> fence) {
    all("servers")
        .thenCombine(all("parties"), Recalled::of)
        .thenCombine(all("verdicts"), Recalled::with)
        .whenComplete(
            (recalled, problem) -> {
              if (recalled == null) {
                log.warn("records not read, tried again soon: {}", String.valueOf(problem));
                ports.timers.after(AGAIN, () -> read(fence));
              } else {
                take(recalled);
                fence.ifPresent(ports.recalled::accept);
              }
            });
  }

  private void take(Recalled recalled) {
    List<Server> servers = new ArrayList<>();
    for (byte[] bytes : recalled.servers) {
      parsed(() -> Server.parse(bytes)).ifPresent(servers::add);
    }
    ports.book.load(servers);
    for (byte[] bytes : recalled.parties) {
      parsed(() -> Party.parse(bytes)).ifPresent(ports.roster::party);
    }
    ports.supervisor.watch(ports.roster.workers());
    for (byte[] bytes : recalled.verdicts) {
      parsed(() -> Judgement.readFrom(new WireReader(bytes))).ifPresent(ports.supervisor::inherit);
    }
    ports.roster.changed();
  }

  private CompletableFuture<List<byte[]>> all(String path) {
    return ports
        .records
        .children(path)
        .thenCompose(
            names -> {
              CompletableFuture<List<byte[]>> values =
                  CompletableFuture.completedFuture(new ArrayList<>());
              for (String name : names) {
                values = values.thenCombine(ports.records.read(path + "/" + name), this::plus);
              }
              return values;
            });
  }

  private List<byte[]> plus(List<byte[]> values, Optional<byte[]> value) {
    value.ifPresent(values::add);
    return values;
  }

  private static <T> Optional<T> parsed(Parsing<T> parsing) {
    try {
      return Optional.of(parsing.parse());
    } catch (MalformedMessage malformed) {
      log.warn("a record is passed over: {}", malformed.getMessage());
      return Optional.empty();
    }
  }

  private interface Parsing<T> {
    T parse() throws MalformedMessage;
  }

  private record Recalled(List<byte[]> servers, List<byte[]> parties, List<byte[]> verdicts) {
    static Recalled of(List<byte[]> servers, List<byte[]> parties) {
      return new Recalled(servers, parties, List.of());
    }

    Recalled with(List<byte[]> read) {
      return new Recalled(servers, parties, read);
    }
  }
}
