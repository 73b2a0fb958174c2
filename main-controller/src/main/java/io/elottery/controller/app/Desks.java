package io.elottery.controller.app;

import io.elottery.controller.acting.ActingPorts;
import io.elottery.controller.acting.ActingRoom;
import io.elottery.controller.acting.Removals;
import io.elottery.controller.alerts.AlertRoom;
import io.elottery.controller.certificates.CertificateCalls;
import io.elottery.controller.certificates.CertificateDesk;
import io.elottery.controller.certificates.LeaverRevocation;
import io.elottery.controller.certificates.RevocationDesk;
import io.elottery.controller.certificates.RevocationPush;
import io.elottery.controller.draws.CatalogDesk;
import io.elottery.controller.draws.DrawLookup;
import io.elottery.controller.draws.LotteryCalls;
import io.elottery.controller.draws.PartiesDesk;
import io.elottery.controller.draws.PartyDesk;
import io.elottery.controller.draws.ScheduleDesk;
import io.elottery.controller.draws.Seeds;
import io.elottery.controller.draws.VoidDesk;
import io.elottery.controller.health.HealthRoom;
import io.elottery.controller.hemisphere.ElectionDesk;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.controller.hemisphere.SessionAlarm;
import io.elottery.controller.hemisphere.Wakefulness;
import io.elottery.controller.keys.EnrolmentDesk;
import io.elottery.controller.keys.KeyPorts;
import io.elottery.controller.keys.KeyRoom;
import io.elottery.controller.mutes.MuteCalls;
import io.elottery.controller.network.AdditionDesk;
import io.elottery.controller.network.DivisionDesk;
import io.elottery.controller.network.NeighbourDesk;
import io.elottery.controller.network.Neighbourhoods;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.placement.MembersDesk;
import io.elottery.controller.placement.MembersPorts;
import io.elottery.controller.placement.PlacementDesk;
import io.elottery.controller.placement.ShardCalls;
import io.elottery.controller.records.Recollection;
import io.elottery.controller.records.Records;
import io.elottery.controller.records.RegistryRecords;
import io.elottery.controller.rosters.RosterFile;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.servers.ServerBook;
import io.elottery.controller.servers.ServerDesk;
import io.elottery.controller.staff.ApprovalDesk;
import io.elottery.controller.staff.AuditDesk;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffDesk;
import io.elottery.controller.supervision.NetworkDesk;
import io.elottery.controller.supervision.Supervisor;
import io.elottery.controller.switchover.SwitchoverDesk;
import io.elottery.controller.votes.AnswerDesk;
import io.elottery.controller.votes.HeadAlarms;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.registry.Registry;
import io.elottery.keyvault.ca.ServerSignature;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.people.PasswordHash;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.vault.SignedRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.vote.AnswerVoting;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.roster.RosterMain;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that lives on main's loop, wired: who it is made of and who tells whom. Knows neither
 * sockets nor threads.
 */
final class Desks {
  private final ControllerConfig config;
  private final NodeLoop loop;
  private final Switchboard board;
  private final Hemispheres halves;
  private final Registry registry;
  private final RegistrySession session;
  private final ServerBook book;
  private final RosterKeeper roster;
  private final Supervisor supervisor;
  private final ElectionDesk elections;
  private final Recollection recollection;
  private final KeyRoom keys;
  private final ServerDesk servers;
  private final EnrolmentDesk enrolments;
  private final CertificateDesk certificates;
  private final RevocationDesk revocations;
  private final RevocationPush push;
  private final Supplier<Optional<X509Certificate>> own;
  private final LotteryCalls lottery;
  private final PartyDesk parties;
  private final NeighbourDesk neighbours;
  private final SwitchoverDesk switchovers;
  private final ActingRoom acting;
  private final MembersDesk members;
  private final AnswerDesk answers;
  private final HeadAlarms headAlarms;
  private final VoidDesk voids;
  private final PartiesDesk file;
  private final VaultParts vaults;
  private final StaffCalls staffCalls;
  private final ApprovalDesk approvals;
  private final AuditDesk audit;
  private final StaffDesk staff;
  private final NetworkDesk network;
  private final HealthParts healthParts;
  private final HealthRoom health;
  private final AlertRoom alerts;

  Desks(
      ControllerConfig config,
      NetworkPlan plan,
      ControllerPorts ports,
      MainKeys mine,
      TrunkCertificates trunks,
      Seeds seeds,
      NodeLoop loop,
      Switchboard board) {
    this.config = config;
    Neighbourhoods neighbourhoods = new Neighbourhoods(plan);
    this.loop = loop;
    this.board = board;
    registry = ports.registry();
    session = new RegistrySession(loop.time());
    Wakefulness wakefulness = Wakefulness.within(ports.sessionTimeout(), loop.time());
    halves = new Hemispheres(config.node(), wakefulness::isAwake);
    book = new ServerBook(neighbourhoods, neighbourhoods::isRemoved);
    staffCalls = new StaffCalls(board, halves);
    Records records = new RegistryRecords(ports.registry(), loop, halves);
    audit =
        new AuditDesk(
            config.node(),
            new AuditDesk.Ports(
                board, loop, halves, records, mine.signer(), mine.authority(), mine.disk()),
            config.dir().resolve("audit.log"));
    approvals =
        new ApprovalDesk(
            new ApprovalDesk.Ports(loop, this::office, ports.random(), audit, this::memberNamed));
    staff =
        new StaffDesk(
            new StaffDesk.Ports(
                loop,
                halves,
                this::office,
                ports.random(),
                audit,
                mine.disk(),
                PasswordHash.COST,
                () -> !session.isCertain()));
    vaults =
        new VaultParts(
            config,
            ports,
            mine,
            new VaultParts.Around(board, loop, halves, approvals, audit, staff::fixSet),
            this::vaultOpened);
    Vault vault = vaults.vault();
    SignedRecords office = vaults.office();
    roster =
        new RosterKeeper(
            new RosterKeeper.Ports(
                board, loop, halves, book, new RosterFile(config.dir().resolve("roster"))),
            neighbourhoods,
            config.mains());
    supervisor =
        new Supervisor(
            new Supervisor.Ports(
                board,
                loop,
                halves,
                session,
                ports.reach(),
                config.others().stream().map(RosterMain::id).toList(),
                this::addressOf,
                this::verdictChanged),
            config.supervision());
    network = new NetworkDesk(config.node(), halves, roster, supervisor, loop.time().now());
    headAlarms = new HeadAlarms(loop.time(), roster::isConnected);
    healthParts =
        new HealthParts(
            config,
            ports,
            new HealthParts.Around(
                board,
                loop,
                mine.disk(),
                halves,
                session,
                roster,
                supervisor,
                network,
                vaults,
                headAlarms,
                new DrawLookup(this::lottery),
                staffCalls));
    health = healthParts.room();
    halves.recordTo(health.events()::record);
    alerts =
        new AlertRoom(
            new AlertRoom.Ports(
                loop, ports.random(), records, vault, audit, health.events(), ports.alerts()),
            staffCalls);
    health.troubles().tell(alerts);
    health.mutedBy(trouble -> alerts.over(trouble).map(MuteCalls::json));
    elections =
        new ElectionDesk(
            config.node(),
            config.prefer(),
            new ElectionDesk.Ports(
                loop, halves, wakefulness, ports.election(), ports.fencesSeen()));
    keys =
        new KeyRoom(
            new KeyPorts(
                board,
                loop,
                ports.random(),
                halves,
                book,
                neighbourhoods,
                () -> neighbourhoods.edits().version() > 0,
                neighbourhoods::isRemoved,
                roster::ring,
                vault,
                office,
                audit,
                this::troubleOf),
            config.keys(),
            staffCalls,
            approvals,
            ports.rotations());
    servers =
        new ServerDesk(
            new ServerDesk.Ports(
                board, halves, book, roster, records, this::greeted, elections::fenceSeen));
    recollection =
        new Recollection(
            new Recollection.Ports(records, loop, book, roster, supervisor, servers::recordAll));
    certificates = new CertificateDesk(loop, halves, office, trunks.shown());
    revocations =
        new RevocationDesk(
            new RevocationDesk.Ports(
                config.node(), loop, halves, office, trunks.revocations(), audit, trunks.stop()));
    revocations.cutBy(keys::cutWorker);
    push = new RevocationPush(board, loop, trunks.revocations());
    own = () -> trunks.shown().apply(config.node());
    enrolments =
        new EnrolmentDesk(
            board,
            loop,
            halves,
            vault,
            trunks.revocations(),
            certificates::hosts,
            certificates::seen);
    Mailroom mailroom =
        new Mailroom(board, Route.toWorkers(roster::ring), loop, loop.time(), config.mailroom());
    lottery = new LotteryCalls(mailroom);
    parties =
        new PartyDesk(
            new PartyDesk.Ports(board, loop, halves, roster, servers, vault, lottery),
            config.draws());
    switchovers =
        new SwitchoverDesk(
            new SwitchoverDesk.Ports(
                config.node(),
                board,
                loop,
                halves,
                elections,
                roster::isConnected,
                audit,
                health.events()));
    neighbours = new NeighbourDesk(neighbourhoods, records, halves, loop, approvals);
    new DivisionDesk(
            new DivisionDesk.Ports(
                neighbourhoods, neighbours, approvals, roster::ring, loop, mine.disk()))
        .addTo(staffCalls);
    new AdditionDesk(
            new AdditionDesk.Ports(
                neighbourhoods,
                neighbours,
                approvals,
                roster::ring,
                this::isKnown,
                worker ->
                    vault
                        .invite(worker, Role.WORKER, AdditionDesk.TOKEN_VALIDITY)
                        .thenApplyAsync(JoinToken::format, loop),
                audit::recordLater))
        .addTo(staffCalls);
    acting =
        new ActingRoom(
            new ActingPorts(
                board,
                loop,
                halves,
                records,
                config.others().stream().map(RosterMain::id).toList(),
                () -> roster.workers().stream().map(RosterWorker::id).toList(),
                this::halfOf,
                roster::isConnected,
                supervisor::judgements,
                supervisor::reports,
                roster::ring,
                neighbourhoods,
                neighbours::write,
                pair -> keys.keyless(pair.low(), pair.high()),
                this::drawsOn,
                health.events()),
            config.acting(),
            audit::record,
            ports.tests());
    PlacementDesk placements =
        new PlacementDesk(records, loop, halves, roster, plan, config.placement());
    members =
        new MembersDesk(
            new MembersPorts(
                board,
                loop,
                halves,
                records,
                placements.book(),
                this::places,
                roster::isConnected,
                this::serves,
                health.events()),
            config.placement());
    acting.replaceBy(members);
    acting.removeWith(
        new Removals.Ports(
            approvals,
            keys::keyed,
            new LeaverRevocation(certificates::book, revocations, staff::named)::revoke));
    answers =
        new AnswerDesk(
            new AnswerDesk.Ports(
                board,
                loop.time(),
                halves::acts,
                comparison(mailroom, ports.random(), mine, config),
                worker -> troubleOf(worker).isPresent(),
                health.events(),
                this::exchange));
    file =
        new PartiesDesk(
            new PartiesDesk.Ports(loop, loop, halves, roster, vault, lottery, approvals));
    voids = new VoidDesk(new VoidDesk.Ports(board, halves, book, parties, lottery, approvals));

    // In this order: the fence is announced first, and nothing is sealed before it is known.
    halves.add(roster);
    vaults.addTo(halves);
    halves.add(audit);
    halves.add(staff);
    halves.add(approvals);
    halves.add(revocations);
    halves.add(certificates);
    halves.add(supervisor);
    halves.add(health);
    halves.add(alerts);
    halves.add(recollection);
    halves.add(neighbours);
    halves.add(acting);
    halves.add(placements);
    halves.add(members);
    halves.add(vaults.watch());
    halves.add(keys);
    halves.add(parties);
    halves.add(file);
    halves.add(new CatalogDesk(new CatalogDesk.Ports(loop, halves, roster, lottery), seeds));
    halves.add(
        new ScheduleDesk(
            new ScheduleDesk.Ports(loop, halves, file::published, ports.schedule(), lottery),
            config.draws()));
    roster.onChange(now -> rosterChanged());
    neighbourhoods.onChange(this::neighboursChanged);
  }

  /** Begins to serve and to stand; on the loop. */
  void start() {
    registry.onState(state -> loop.post(() -> session.changed(state)));
    session.changed(registry.state());
    new SessionAlarm(config.node(), session, health.events()::record).start(loop);
    supervisor.watch(roster.workers());
    supervisor.start();
    servers.start();
    keys.start();
    enrolments.start();
    push.start();
    revocations.start(own);
    certificates.start(config.node());
    new CertificateCalls(loop, certificates, revocations, push).addTo(staffCalls);
    network.serveOn(board);
    healthParts.start();
    alerts.start();
    parties.start();
    neighbours.start(staffCalls);
    switchovers.start(staffCalls);
    acting.start(staffCalls);
    members.start();
    answers.start();
    headAlarms.start(board, health::changed);
    new ShardCalls(members, audit::record, loop).addTo(staffCalls);
    voids.start(staffCalls);
    file.start(staffCalls);
    vaults.start(staffCalls);
    audit.start(staffCalls);
    approvals.start(staffCalls);
    staff.start(staffCalls, approvals);
    recollection.start();
    elections.start();
  }

  /** Adds what is alarmed on. */
  void register(MeterRegistry registry) {
    healthParts.register(registry);
  }

  /** Tells of every ring there comes to be, and of the one there is; on the loop. */
  void onRing(Consumer<Optional<Ring>> listener) {
    roster.onChange(now -> listener.accept(roster.ring()));
    listener.accept(roster.ring());
  }

  /** A trunk opened. */
  void connected(Peer peer) {
    roster.connected(peer);
    supervisor.connected(peer);
    healthParts.connected(peer);
    certificates.connected(peer);
    push.connected(peer);
  }

  /** A trunk closed. */
  void disconnected(Peer peer) {
    roster.disconnected(peer);
    supervisor.disconnected(peer);
    health.disconnected(peer);
    keys.disconnected(peer);
    push.disconnected(peer);
  }

  private void greeted(Peer peer) {
    if (peer.role() == Role.WORKER) {
      supervisor.watch(roster.workers());
    }
    keys.announced(peer);
    acting.greeted(peer);
  }

  private void neighboursChanged() {
    roster.changed();
    rosterChanged();
  }

  private void vaultOpened() {
    keys.changed();
  }

  private void rosterChanged() {
    supervisor.watch(roster.workers());
    keys.changed();
    health.changed();
  }

  private void verdictChanged(Judgement judgement, long fence) {
    acting.changed(judgement, fence);
    health.changed();
  }

  private static AnswerDesk.Comparison comparison(
      Mailroom mailroom, RandomSource random, MainKeys mine, ControllerConfig config) {
    X509Certificate authority = mine.authority();
    return new AnswerVoting(
            mailroom,
            random,
            (server, said) ->
                ServerSignature.isBy(
                    server,
                    Role.WORKER,
                    said.statementOf(server),
                    said.seal().signature(),
                    said.seal().certificate(),
                    Optional.of(authority)),
            config.mailroom().attempt(),
            (actorKey, shard, query, ballot) -> {})
        ::compare;
  }

  // A copy that answers wrongly is made anew from the others.
  private void exchange(ShardId shard, NodeId server, String why) {
    members
        .replace(shard, server, why)
        .ifPresent(
            refused ->
                health
                    .events()
                    .record(
                        Priority.WARNING,
                        "COPY_NOT_EXCHANGED",
                        shard.toString(),
                        "The copy on " + server + " is not exchanged: " + refused));
  }

  private boolean isKnown(NodeId server) {
    return book.servers().containsKey(server)
        || config.mains().stream().anyMatch(main -> main.id().equals(server));
  }

  private Optional<Address> addressOf(NodeId worker) {
    return book.trunkOf(worker)
        .or(() -> roster.current().worker(worker).flatMap(RosterWorker::trunk));
  }

  private Map<NodeId, Location> places() {
    Map<NodeId, Location> places = new TreeMap<>();
    roster.workers().forEach(worker -> places.put(worker.id(), worker.location()));
    return places;
  }

  // It may get copies: supervision calls it up, or knows nothing against it yet.
  private boolean serves(NodeId worker) {
    return roster.isConnected(worker)
        && Optional.ofNullable(supervisor.judgements().get(worker))
            .map(Judgement::verdict)
            .filter(is -> is != Verdict.UP && is != Verdict.SLOW)
            .isEmpty();
  }

  // A link of such a worker is not rotated.
  private Optional<String> troubleOf(NodeId worker) {
    return Optional.ofNullable(supervisor.judgements().get(worker))
        .map(Judgement::verdict)
        .filter(is -> is == Verdict.DOWN || is == Verdict.SUSPECT || is == Verdict.CONSERVED)
        .map(Verdict::name);
  }

  private LotteryCalls lottery() {
    return lottery;
  }

  // All draws of a branch stand on the branch's home shard.
  private List<String> drawsOn(ShardId shard) {
    return config.draws().branches().stream()
        .filter(
            branch ->
                roster
                    .ring()
                    .filter(ring -> ring.shardOf(branch.actorKey()).equals(shard))
                    .isPresent())
        .map(branch -> "draws of " + branch.code())
        .toList();
  }

  private SignedRecords office() {
    return vaults.office();
  }

  private Optional<StaffMember> memberNamed(String name) {
    return staff.named(name);
  }

  private Hemisphere halfOf(NodeId worker) {
    return roster.workers().stream()
        .filter(one -> one.id().equals(worker))
        .map(RosterWorker::hemisphere)
        .findFirst()
        .orElse(Hemisphere.LEFT);
  }
}
