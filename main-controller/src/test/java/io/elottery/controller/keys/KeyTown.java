package io.elottery.controller.keys;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.servers.ServerBook;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultKeys;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.reports.roster.Announce;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Four workers, all neighbours of each other, and two mains over the same records. */
final class KeyTown {
  static final StaffMember ANN = officer("officer1", "Ann Lee");
  static final StaffMember BOB = officer("officer2", "Bob Ray");

  final Wire wire = new Wire();
  final Office office = new Office();
  final MemoryRecords sealed = new MemoryRecords();
  final SecureRandomSource random = new SecureRandomSource();
  final VaultKeys vaultKeys = CutVault.openForNow(random);
  final Map<NodeId, RingWorker> workers = new TreeMap<>();
  final Map<NodeId, String> troubles = new TreeMap<>();
  NetworkPlan plan = all("worker-1", "worker-2", "worker-3", "worker-4");

  /** One main's desks. */
  final class Main {
    final Wire.Station station;
    final Hemispheres halves;
    final ServerBook book = new ServerBook(plan);
    final KeyPorts ports;
    final CutDesk cuts;
    final Standing standing;
    final KeyDesk keys;
    final LinkBlocks blocks;
    final RotationDesk rotation;
    final KeyList list;

    Main(String name) {
      station = wire.station(name, Role.MAIN);
      halves = new Hemispheres(station.id);
      book.load(List.of());
      ports =
          new KeyPorts(
              station.board,
              station.loop,
              random,
              halves,
              book,
              () -> plan,
              () -> true,
              worker -> false,
              () -> Optional.of(RingBuilder.place(List.of(NodeId.of("worker-1")), 1, 1)),
              new Vault(vaultKeys, sealed, random, wire),
              office,
              office,
              worker -> Optional.ofNullable(troubles.get(worker)));
      cuts = new CutDesk(ports);
      standing = new Standing(ports);
      keys = new KeyDesk(ports, KeysConfig.standard(), cuts, standing);
      blocks = new LinkBlocks(ports, keys, cuts);
      rotation = new RotationDesk(ports, KeysConfig.standard(), keys, standing, blocks);
      list = new KeyList(ports, KeysConfig.standard(), keys, cuts);
      halves.add(cuts);
      halves.add(standing);
      halves.add(keys);
      halves.add(rotation);
      cuts.start();
      keys.start();
      rotation.start();
    }

    void announce(NodeId worker) {
      Wire.Station there = station(worker);
      book.announced(
          there.peer,
          new Announce(Optional.empty(), Optional.empty(), Optional.of("s"), 1, 0, 0, 0));
      keys.announced(there.peer);
      wire.settle();
    }

    Main announceAll() {
      workers.keySet().forEach(this::announce);
      return this;
    }

    LinkKeys state(LinkName link) {
      return keys.keeper(link).flatMap(LinkKeeper::state).orElseThrow();
    }
  }

  KeyTown() {
    for (NodeId id : plan.workers().keySet()) {
      RingWorker worker = new RingWorker(wire.station(id.name(), Role.WORKER), workers);
      workers.put(id, worker);
    }
  }

  Main main(String name) {
    return new Main(name);
  }

  Wire.Station station(NodeId worker) {
    return worker(worker.name()).station;
  }

  RingWorker worker(String name) {
    return Optional.ofNullable(workers.get(NodeId.of(name))).orElseThrow();
  }

  /** How many links both ends of which run under this epoch and hold no other. */
  long settledAt(int epoch) {
    TreeSet<String> links = new TreeSet<>();
    workers.values().forEach(worker -> links.addAll(worker.rings.keySet()));
    return links.stream()
        .map(LinkName::parse)
        .filter(
            link ->
                link.ends().stream()
                    .allMatch(
                        end ->
                            worker(end.name())
                                .ring(link.text())
                                .kept()
                                .keySet()
                                .equals(Set.of(epoch))))
        .count();
  }

  static NetworkPlan all(String... names) {
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    for (String name : names) {
      TreeSet<NodeId> others = new TreeSet<>();
      for (String other : names) {
        if (!other.equals(name)) {
          others.add(NodeId.of(other));
        }
      }
      places.put(NodeId.of(name), new NetworkPlan.Place(Hemisphere.LEFT, others));
    }
    return new NetworkPlan(places);
  }

  private static StaffMember officer(String name, String person) {
    return StaffMember.of(name, person, Set.of(StaffRole.OFFICER), Credentials.NONE);
  }
}
