package io.elottery.controller.app;

import io.elottery.controller.TestSigner;
import io.elottery.controller.Wire;
import io.elottery.controller.alerts.Outcome;
import io.elottery.controller.draws.Seeds;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.schedule.DrawDue;
import io.elottery.controller.schedule.DrawSchedule;
import io.elottery.controller.schedule.RotationClock;
import io.elottery.controller.schedule.ScheduleLine;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.keyvault.vault.HeaderFile;
import io.elottery.keyvault.vault.VaultKeys;
import io.elottery.keyvault.webhook.SignedAlert;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.capacity.CapacityResult;
import io.elottery.reports.order.FenceGate;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Three mains and four workers on one wire, one registry; servers can be killed and brought back.
 */
final class Town {
  static final List<String> MAINS = List.of("main-1", "main-2", "main-3");
  private static final Map<String, String> PREFERENCES =
      Map.of("main-1", "left", "main-2", "right", "main-3", "both");
  private static final int WORKERS = 4;

  final Wire wire = new Wire();
  final SharedRegistry registry = new SharedRegistry();
  final Map<String, Main> mains = new TreeMap<>();
  final Map<String, Worker> workers = new TreeMap<>();
  // "LEFT 7" to the one main that may act under it.
  final Map<String, String> leaderships = new TreeMap<>();
  final List<String> broken = new ArrayList<>();
  // Address and message of each alert that was sent.
  final List<String> alerts = new ArrayList<>();
  private final Path directory;
  private final NewVault vault;
  // Whether mains that come up have their vault open.
  boolean unsealed = true;
  private final NetworkPlan plan;

  Town(Path directory, NewVault vault) {
    this(directory, vault, WORKERS);
  }

  Town(Path directory, NewVault vault, int workers) {
    this.directory = directory;
    this.vault = vault;
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    for (int i = 1; i <= workers; i++) {
      NodeId next = NodeId.of("worker-" + (i % workers + 1));
      places.put(
          NodeId.of("worker-" + i),
          new NetworkPlan.Place(
              i % 2 == 1 ? Hemisphere.LEFT : Hemisphere.RIGHT, new TreeSet<>(List.of(next))));
    }
    plan = new NetworkPlan(places);
  }

  /** One main process. */
  final class Main {
    final Wire.Station station;
    final SharedRegistry.Client session;
    final Desks desks;
    final VaultKeys keys;

    Main(String name) throws ConfigRefused {
      SecureRandomSource random = new SecureRandomSource();
      keys = unsealed ? vault.open(random) : vault.sealed(random);
      station = wire.station(name, Role.MAIN);
      session = registry.client(station.id);
      ConfigSource source =
          ConfigSource.of(
              Map.of(
                  "node.name", name,
                  "node.dir", directory.resolve(name).toString(),
                  "mains", "main-1@h:1,main-2@h:2,main-3@h:3",
                  "network.file", "given",
                  "prefer", Optional.ofNullable(PREFERENCES.get(name)).orElse("both"),
                  "ring.shards", "2",
                  "ring.copies", "3"));
      ControllerConfig config = ControllerConfig.from(source);
      source.done();
      desks =
          new Desks(
              config,
              plan,
              new ControllerPorts(
                  wire,
                  new SecureRandomSource(),
                  address ->
                      CompletableFuture.completedFuture(!workers.containsKey(address.host())),
                  new NoSchedule(),
                  RotationClock.SILENT,
                  RotationClock.SILENT,
                  new Parts(List.of()),
                  session,
                  session,
                  Duration.ofSeconds(2),
                  this::alerted,
                  session.highest),
              new MainKeys(
                  vault.bootstrap(),
                  keys,
                  new HeaderFile(directory.resolve(name + ".header")),
                  new TestSigner(station.id),
                  TestSigner.AUTHORITY.certificate(),
                  station.loop),
              new TrunkCertificates(
                  Revocations.open(directory.resolve(name).resolve("revocations"), unwritten -> {}),
                  node -> Optional.empty(),
                  () -> {}),
              Seeds.NONE,
              station.loop,
              station.board);
      desks.start();
    }

    private CompletableFuture<Outcome> alerted(SignedAlert signed, String id, byte[] body) {
      alerts.add(signed.url() + " " + new String(body, StandardCharsets.UTF_8));
      return CompletableFuture.completedFuture(new Outcome.Taken());
    }
  }

  /** One worker process. */
  final class Worker {
    final Wire.Station station;
    final FenceGate gate = new FenceGate();
    final TreeMap<String, KeyRing> keys = new TreeMap<>();
    final List<Order> orders = new ArrayList<>();
    Roster roster = Roster.EMPTY;
    boolean rests;
    private long reports;
    private Optional<Runnable> proof = Optional.empty();

    Worker(String name) {
      station = wire.station(name, Role.WORKER);
      station.board.serve(
          ReportsKinds.PROBE, (from, request, answer) -> answer.reply(empty(ReportsKinds.PROBED)));
      station.board.serve(
          KeyvaultKinds.PAIR_KEY,
          KeyvaultKinds.STEP_VERSION,
          (from, request, answer) -> answer.reply(keep(request).toEnvelope()));
      station.board.on(ReportsKinds.LEAD, (from, envelope) -> lead(envelope));
      station.board.on(ReportsKinds.ROSTER, (from, envelope) -> roster(envelope));
      station.board.serve(
          ReportsKinds.ORDER,
          (from, request, answer) -> {
            Order order = parsed(() -> Order.parse(request.body()));
            if (gate.admits(order.hemisphere(), order.fence())) {
              obey(from.id(), order);
              answer.reply(empty(ReportsKinds.ORDER_TAKEN));
            } else {
              answer.refuse("OLD_FENCE", "a newer leader acts");
            }
          });
    }

    // As a worker's proof: while it measures a new leader takes the place of the one who asked.
    private void prove(NodeId main, long order) {
      boolean underWay = proof.isPresent();
      proof = Optional.of(() -> tell(main, order));
      if (!underWay) {
        station.loop.after(
            Duration.ofSeconds(6),
            () -> {
              proof.ifPresent(Runnable::run);
              proof = Optional.empty();
            });
      }
    }

    private void tell(NodeId main, long order) {
      Duration little = Duration.ofMillis(1);
      CapacityResult result =
          new CapacityResult(
              station.id,
              order,
              wire.now(),
              List.of(),
              new CapacityResult.Figures(
                  little, little, little, 1, 1, 1, little, little, 0, little, 1, 0));
      station
          .board
          .call(main, result.envelope(), Duration.ofSeconds(1))
          .exceptionally(lost -> result.envelope());
    }

    private void obey(NodeId main, Order order) {
      orders.add(order);
      if (order.kind() == Order.Kind.CAPACITY_TEST) {
        prove(main, order.id());
      }
      boolean rest = order.kind() == Order.Kind.CONSERVE;
      if (order.target().equals(station.id) && (rest || order.kind() == Order.Kind.RELEASE)) {
        rests = rest;
        if (reports == 0) {
          station.loop.every(Duration.ofSeconds(1), this::report);
        }
        report();
      }
    }

    private void report() {
      Report report =
          new Report(
              station.id,
              1,
              ++reports,
              wire.now(),
              Priority.NOTICE,
              true,
              false,
              rests ? Verdict.CONSERVED : Verdict.UP,
              List.of(),
              Load.NONE,
              List.of(),
              List.of(),
              Optional.empty());
      for (Main main : mains.values()) {
        station
            .board
            .call(main.station.id, report.envelope(), Duration.ofSeconds(1))
            .exceptionally(lost -> report.envelope());
      }
    }

    private KeyConfirm keep(Envelope request) {
      KeyStep step = parsed(() -> KeyStep.from(request));
      KeyRing ring = keys.computeIfAbsent(step.link(), KeyRing::empty).take(step).ring();
      KeyRing after =
          step.step() == KeyStep.Step.ACTIVATE ? ring.proven(step.epoch()).ring() : ring;
      keys.put(step.link(), after);
      return after.confirm(step);
    }

    private void lead(Envelope envelope) {
      Lead lead = parsed(() -> Lead.parse(envelope.body()));
      String leadership = lead.hemisphere() + " " + lead.fence();
      String leader = leaderships.putIfAbsent(leadership, lead.leader().name());
      if (leader != null && !leader.equals(lead.leader().name())) {
        broken.add(leadership + " is acted under by " + leader + " and " + lead.leader());
      }
      gate.admits(lead.hemisphere(), lead.fence());
    }

    private void roster(Envelope envelope) {
      Roster next = parsed(() -> Roster.parse(envelope.body()));
      if (next.newerThan(roster) && gate.admits(Hemisphere.LEFT, next.fence())) {
        roster = next;
      }
    }

    void announceTo(Wire.Station main) {
      if (workers.get(station.id.name()) != this) {
        return;
      }
      Announce announce =
          new Announce(
              Optional.of(new Address(station.id.name(), 1)),
              Optional.of(new Address(station.id.name(), 2)),
              Optional.of("store of " + station.id),
              1,
              gate.highest(),
              roster.fence(),
              roster.version());
      station
          .board
          .call(main.id, announce.envelope(), Duration.ofSeconds(1))
          .whenComplete(
              (taken, problem) -> {
                if (problem != null) {
                  station.loop.after(Duration.ofMillis(500), () -> announceTo(main));
                }
              });
    }
  }

  void bringUp(String name) throws ConfigRefused {
    List<Peer> others = new ArrayList<>();
    mains.values().forEach(main -> others.add(main.station.peer));
    workers.values().forEach(worker -> others.add(worker.station.peer));
    if (MAINS.contains(name)) {
      Main main = new Main(name);
      others.forEach(main.desks::connected);
      mains.values().forEach(other -> other.desks.connected(main.station.peer));
      mains.put(name, main);
      workers.values().forEach(worker -> worker.announceTo(main.station));
    } else {
      Worker worker = new Worker(name);
      workers.put(name, worker);
      for (Main main : mains.values()) {
        main.desks.connected(worker.station.peer);
        worker.announceTo(main.station);
      }
    }
  }

  /** Dies at once; a main's session ends a second later. */
  void kill(String name) {
    Main main = mains.remove(name);
    Worker worker = workers.remove(name);
    Wire.Station station =
        main != null ? main.station : Optional.ofNullable(worker).orElseThrow().station;
    wire.remove(station);
    for (Main other : mains.values()) {
      other.station.board.disconnected(station.id);
      other.desks.disconnected(station.peer);
    }
    if (main != null) {
      main.session.die();
      wire.pass(Duration.ofSeconds(1));
      main.session.end();
    }
  }

  boolean isUp(String name) {
    return mains.containsKey(name) || workers.containsKey(name);
  }

  static List<String> workerNames() {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= WORKERS; i++) {
      names.add("worker-" + i);
    }
    return names;
  }

  static Envelope empty(int kind) {
    return new Envelope(kind, ReportsKinds.VERSION, new byte[0]);
  }

  private static <T> T parsed(Parsing<T> parsing) {
    try {
      return parsing.parse();
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static final class NoSchedule implements DrawSchedule {
    @Override
    public void begin(List<ScheduleLine> lines, Consumer<DrawDue> due) {}

    @Override
    public void end() {}
  }

  private interface Parsing<T> {
    T parse() throws MalformedMessage;
  }
}
