package io.elottery.worker.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Transport;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Links;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LinkKeeperTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");
  private static final LinkId NEIGHBOURS = LinkId.between(ONE, TWO, Purpose.NEIGHBOUR);
  private static final LinkId REPLICAS = LinkId.between(ONE, THREE, Purpose.REPLICA);

  private final OpenLinks links = new OpenLinks();
  private final Set<LinkId> keys = new TreeSet<>(Set.of(NEIGHBOURS, REPLICAS));
  private final LinkKeeper keeper = new LinkKeeper(ONE, links, keys::contains);

  @Test
  void neighboursAndReplicasAreLinked() {
    keeper.apply(roster("127.0.0.1:5"), ring(ONE, THREE, NodeId.of("worker-4")));

    assertThat(links.open.keySet()).containsExactlyInAnyOrder(NEIGHBOURS, REPLICAS);
    assertThat(keeper.neighbours()).containsExactly(TWO);
  }

  @Test
  void linkWaitsForItsKey() {
    keys.clear();
    keeper.apply(roster("127.0.0.1:5"), Optional.empty());
    assertThat(links.open).isEmpty();

    keys.add(NEIGHBOURS);
    keeper.keyArrived(NEIGHBOURS);

    assertThat(links.open).containsOnlyKeys(NEIGHBOURS);
  }

  @Test
  void keyOfALinkNobodyWantsOpensNothing() {
    keeper.keyArrived(NEIGHBOURS);

    assertThat(links.open).isEmpty();
  }

  @Test
  void movedServerIsFound() {
    keeper.apply(roster("127.0.0.1:5"), Optional.empty());
    keeper.apply(roster("127.0.0.1:6"), Optional.empty());

    assertThat(links.open).containsEntry(NEIGHBOURS, new Address("127.0.0.1", 6));
  }

  @Test
  void linkThatIsNoLongerWantedIsClosed() {
    keeper.apply(roster("127.0.0.1:5"), ring(ONE, THREE, NodeId.of("worker-4")));
    keeper.apply(roster("127.0.0.1:5"), ring(TWO, THREE, NodeId.of("worker-4")));

    assertThat(links.open).containsOnlyKeys(NEIGHBOURS);
  }

  private static Optional<Ring> ring(NodeId... members) {
    return Optional.of(RingBuilder.place(List.of(members), 1, 3));
  }

  private static Roster roster(String addressOfTwo) {
    return new Roster(
        1,
        1,
        List.of(),
        List.of(),
        List.of(
            worker(ONE, "127.0.0.1:4", List.of()),
            worker(TWO, addressOfTwo, List.of(ONE)),
            worker(THREE, "127.0.0.1:7", List.of())),
        List.of(),
        new byte[0],
        List.of());
  }

  private static RosterWorker worker(NodeId id, String link, List<NodeId> neighbours) {
    return new RosterWorker(
        id, Hemisphere.LEFT, Optional.empty(), Optional.of(Address.parse(link)), neighbours);
  }

  private static final class OpenLinks implements Links {
    final Map<LinkId, Address> open = new TreeMap<>();

    @Override
    public void open(LinkId link, Address other) {
      open.put(link, other);
    }

    @Override
    public void close(LinkId link) {
      open.remove(link);
    }

    @Override
    public CompletableFuture<Void> rekey(LinkId link, int epoch) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void retire(LinkId link, int oldestEpoch) {}

    @Override
    public CompletableFuture<Void> cut(LinkId link) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public int epoch(LinkId link) {
      return 0;
    }

    @Override
    public Transport work(Purpose purpose) {
      return (to, envelope) -> false;
    }

    @Override
    public Transport impulses() {
      return (to, envelope) -> false;
    }

    @Override
    public Address listening() {
      return new Address("127.0.0.1", 0);
    }

    @Override
    public boolean up(LinkId link, Channel channel) {
      return false;
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
  }
}
