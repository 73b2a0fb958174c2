package io.elottery.controller.rosters;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.servers.Server;
import io.elottery.controller.servers.ServerBook;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Party;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterMain;
import io.elottery.reports.roster.RosterWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest roster on disk and pushes it to every server connected; LEFT's acting leader
 * also writes it. Changes of a short while are pushed together. On main's loop.
 */
public final class RosterKeeper implements Duty {
  private static final Logger log = LoggerFactory.getLogger(RosterKeeper.class);
  private static final Duration TOGETHER = Duration.ofMillis(50);

  /** What it needs. */
  public record Ports(
      Switchboard board, Timers timers, Hemispheres halves, ServerBook book, RosterFile file) {}

  private final Ports ports;
  private final Supplier<NetworkPlan> plan;
  private final List<RosterMain> mains;
  private final TreeSet<NodeId> connected = new TreeSet<>();
  private final List<Consumer<Roster>> listeners = new ArrayList<>();
  private final Map<String, Party> parties = new TreeMap<>();
  private Roster current;
  private Optional<Ring> ring = Optional.empty();
  private @Nullable Timer pending;

  /**
   * Starts with the roster on disk.
   *
   * @param plan the plan in force
   * @param mains all mains, this one too
   */
  public RosterKeeper(Ports ports, Supplier<NetworkPlan> plan, List<RosterMain> mains) {
    this.ports = ports;
    this.plan = plan;
    this.mains = List.copyOf(mains);
    this.current = ports.file.read();
    current.parties().forEach(party -> parties.put(party.name(), party));
    this.ring = ringOf(current);
    current.leads().forEach(lead -> ports.halves.saw(lead.hemisphere(), lead.fence()));
    ports.board.on(ReportsKinds.ROSTER, this::received).on(ReportsKinds.LEAD, this::lead);
  }

  /** Told of every roster taken or written, on the loop. */
  public void onChange(Consumer<Roster> listener) {
    listeners.add(listener);
  }

  /** The newest one. */
  public Roster current() {
    return current;
  }

  /** The workers as planned, with the addresses known; what supervision watches. */
  public List<RosterWorker> workers() {
    List<RosterWorker> workers = new ArrayList<>();
    Map<NodeId, Server> known = ports.book.servers();
    plan.get()
        .workers()
        .forEach(
            (id, place) -> {
              Optional<Server> server = Optional.ofNullable(known.get(id));
              Optional<RosterWorker> before = current.worker(id);
              workers.add(
                  new RosterWorker(
                      id,
                      place.hemisphere(),
                      place.location(),
                      server
                          .flatMap(it -> it.announce().trunk())
                          .or(() -> before.flatMap(RosterWorker::trunk)),
                      server
                          .flatMap(it -> it.announce().link())
                          .or(() -> before.flatMap(RosterWorker::link)),
                      List.copyOf(place.neighbours())));
            });
    return workers;
  }

  /** The ring, when shards are placed. */
  public Optional<Ring> ring() {
    return ring;
  }

  /** The ring that was read from the records or placed. */
  public void place(Ring placed) {
    ring = Optional.of(placed);
    changed();
  }

  /** A party's key; a name keeps its first key. False when it has another one. */
  public boolean party(Party party) {
    Party known = parties.putIfAbsent(party.name(), party);
    if (known == null) {
      changed();
    }
    return known == null || known.equals(party);
  }

  /** The parties known, by name. */
  public List<Party> parties() {
    return List.copyOf(parties.values());
  }

  /** Something the roster says may differ: it is written again soon, if this main writes it. */
  public void changed() {
    if (pending == null && ports.halves.coordinates()) {
      pending = ports.timers.after(TOGETHER, this::write);
    }
  }

  /** A trunk opened: the server gets roster and leads. */
  public void connected(Peer peer) {
    if (peer.role() != Role.JOINING) {
      connected.add(peer.id());
      greet(peer.id());
    }
  }

  /** A trunk closed. */
  public void disconnected(Peer peer) {
    connected.remove(peer.id());
  }

  /** Sends leads and roster to a server. */
  public void greet(NodeId server) {
    for (Lead lead : ports.halves.leads()) {
      ports.board.send(server, lead.envelope());
    }
    if (current.version() > 0) {
      ports.board.send(server, current.envelope());
    }
  }

  /** Whether a trunk to the server is open. */
  public boolean isConnected(NodeId server) {
    return connected.contains(server);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    Envelope lead = new Lead(hemisphere, selfOf(hemisphere), fence).envelope();
    connected.forEach(server -> ports.board.send(server, lead));
    changed();
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (pending != null && !ports.halves.coordinates()) {
      pending.cancel();
      pending = null;
    }
  }

  private NodeId selfOf(Hemisphere hemisphere) {
    return ports.halves.lead(hemisphere).map(Lead::leader).orElseThrow();
  }

  private void write() {
    pending = null;
    Optional<Long> fence = ports.halves.fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return;
    }
    long version = current.fence() == fence.get() ? current.version() + 1 : 1;
    Roster draft = draft(fence.get(), version);
    Roster sameVersion = draft(current.fence(), current.version());
    if (draft.fence() == current.fence() && sameVersion.equals(current)) {
      return;
    }
    take(draft);
  }

  private Roster draft(long fence, long version) {
    return new Roster(
        fence,
        version,
        mains,
        ports.halves.leads(),
        workers(),
        ports.book.named(Role.GATEWAY),
        ring.map(Ring::encode).orElse(new byte[0]),
        parties());
  }

  private void received(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    Roster roster = Roster.parse(envelope.body());
    if (!roster.newerThan(current) || ports.halves.coordinates()) {
      return;
    }
    roster.leads().forEach(lead -> ports.halves.saw(lead.hemisphere(), lead.fence()));
    ring = ringOf(roster).or(() -> ring);
    roster.parties().forEach(party -> parties.put(party.name(), party));
    take(roster);
  }

  private void lead(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    // Mains pass on what they know of others, too: the gate alone decides.
    if (ports.halves.heard(Lead.parse(envelope.body()))) {
      changed();
    }
  }

  private static void onlyMain(Peer from) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
  }

  private void take(Roster roster) {
    current = roster;
    ports.file.write(roster);
    Envelope envelope = roster.envelope();
    connected.forEach(server -> ports.board.send(server, envelope));
    listeners.forEach(listener -> listener.accept(roster));
  }

  private static Optional<Ring> ringOf(Roster roster) {
    byte[] bytes = roster.ring();
    if (bytes.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Ring.decode(bytes));
    } catch (MalformedMessage malformed) {
      log.warn("the roster's ring cannot be read: {}", malformed.getMessage());
      return Optional.empty();
    }
  }
}
