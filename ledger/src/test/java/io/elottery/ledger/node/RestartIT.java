package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.rocksdb.RocksStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five workers on real loops and real RocksDB, connected inside one process. */
final class RestartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<NodeId> WORKERS =
      List.of("worker-1", "worker-2", "worker-3", "worker-4", "worker-5").stream()
          .map(NodeId::of)
          .toList();

  private final Time time = new SystemTime();
  private final Ring ring = RingBuilder.place(WORKERS, 2, 5);
  private final Map<NodeId, Receiver> replicaLinks = new ConcurrentHashMap<>();
  private final Map<NodeId, Receiver> trunks = new ConcurrentHashMap<>();
  private final Map<NodeId, Worker> workers = new TreeMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Path directory;
  private final Client client;

  RestartIT(@TempDir Path directory) {
    this.directory = directory;
    client = new Client();
    startWorkers();
  }

  @AfterEach
  void stopAll() {
    client.thread.close();
    workers.values().forEach(Worker::stop);
  }

  @Test
  void restartOfAllKeepsWhatWasAcknowledged() {
    Map<String, Integer> places = write(0, 300);

    workers.values().forEach(Worker::stop);
    startWorkers();

    assertThat(ask(places)).isEqualTo(places);
    assertThat(write(300, 310)).hasSize(10).doesNotContainValue(-1);
    assertThat(faults).isEmpty();
  }

  @Test
  void restartOfEachInTurnLosesNothing() {
    Map<String, Integer> places = new TreeMap<>();
    for (int round = 0; round < WORKERS.size(); round++) {
      NodeId id = WORKERS.get(round);
      Objects.requireNonNull(workers.get(id)).stop();
      places.putAll(write(round * 60, round * 60 + 60));
      workers.put(id, new Worker(id));
    }

    assertThat(ask(places)).isEqualTo(places);
    assertThat(faults).isEmpty();
  }

  @Test
  void aWorkerThatMissedSnapshotsIsGivenOne() {
    write(0, 20);
    NodeId missing = WORKERS.get(4);
    Objects.requireNonNull(workers.get(missing)).stop();
    Map<String, Integer> places = write(20, 700);

    Worker late = new Worker(missing);
    workers.put(missing, late);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(late.notes()).isEqualTo(20 + places.size()));
    assertThat(faults).isEmpty();
  }

  private void startWorkers() {
    WORKERS.forEach(id -> workers.put(id, new Worker(id)));
  }

  private Map<String, Integer> write(int from, int to) {
    Map<String, Integer> notes = new TreeMap<>();
    for (int i = from; i < to; i++) {
      notes.put("note-" + i, -1);
    }
    return ask(notes);
  }

  /** Every note's place; the ones that are there already keep theirs. */
  private Map<String, Integer> ask(Map<String, Integer> notes) {
    Map<String, CompletableFuture<Integer>> answers = new TreeMap<>();
    notes.keySet().forEach(note -> answers.put(note, client.write(note)));
    Map<String, Integer> places = new TreeMap<>();
    answers.forEach(
        (note, place) -> places.put(note, place.orTimeout(40, TimeUnit.SECONDS).join()));
    return places;
  }

  private final class Client {
    private final NodeLoop loop = new NodeLoop("client", time, 100_000, this::fault);
    private final LoopThread thread = new LoopThread("client", loop);
    private final Mailroom mailroom;

    Client() {
      NodeId id = NodeId.of("gateway-1");
      Transport trunk = new Wire(new Peer(id, Role.GATEWAY), trunks);
      Switchboard board = new Switchboard(1, trunk, loop);
      trunks.put(id, (from, envelope) -> loop.post(() -> board.received(from, envelope)));
      mailroom =
          new Mailroom(
              board,
              Route.toWorkers(() -> Optional.of(ring)),
              loop,
              time,
              MailroomConfig.defaults());
      thread.start();
    }

    CompletableFuture<Integer> write(String note) {
      CompletableFuture<Integer> place = new CompletableFuture<>();
      loop.post(() -> deliver(note, place));
      return place;
    }

    private void deliver(String note, CompletableFuture<Integer> place) {
      String actor = "branch/" + Math.floorMod(note.hashCode(), 8);
      mailroom
          .deliver(actor, note.getBytes(StandardCharsets.UTF_8), PATIENCE)
          .thenAccept(
              delivery -> {
                if (delivery instanceof Delivery.Answered answered) {
                  place.complete(NoteMachine.place(answered.body()));
                } else {
                  deliver(note, place);
                }
              });
    }

    private void fault(String where, Throwable problem) {
      faults.add(where + ": " + problem);
    }
  }

  private final class Worker {
    private final NodeId id;
    private final NodeLoop loop;
    private final LoopThread thread;
    private final RocksStore store;
    private final LedgerNode ledger;

    Worker(NodeId id) {
      this.id = id;
      loop = new NodeLoop("ledger", time, 100_000, this::fault);
      thread = new LoopThread(id.name(), loop);
      store = RocksStore.open(directory.resolve(id.name()), new SecureRandomSource());
      Peer self = new Peer(id, Role.WORKER);
      Switchboard clients = new Switchboard(1, new Wire(self, trunks), loop);
      ledger =
          new LedgerNode(
              id,
              new LedgerNode.Ports(
                  loop,
                  new Wire(self, replicaLinks),
                  clients,
                  store,
                  () -> Long.MAX_VALUE,
                  new SecureRandomSource(),
                  this::fault),
              shard -> new NoteMachine((place, note) -> {}),
              ReplyFinisher.none(),
              LedgerSimulation.small(20, 16 << 20));
      ledger.applyRing(ring);
      replicaLinks.put(id, (from, envelope) -> loop.post(() -> ledger.received(from, envelope)));
      trunks.put(id, (from, envelope) -> loop.post(() -> clients.received(from, envelope)));
      thread.start();
    }

    /** How many notes its copies hold. */
    int notes() {
      CompletableFuture<Integer> sum = new CompletableFuture<>();
      loop.post(
          () ->
              sum.complete(
                  ledger.status().stream()
                      .map(status -> ledger.machine(status.shard()).orElseThrow())
                      .mapToInt(machine -> ((NoteMachine) machine).notes().size())
                      .sum()));
      return sum.join();
    }

    /** As killed: what was not synced is gone. */
    void stop() {
      replicaLinks.remove(id);
      trunks.remove(id);
      thread.close();
      store.close();
    }

    private void fault(String where, Throwable problem) {
      faults.add(id + " " + where + ": " + problem);
    }
  }

  /** Hands envelopes over to whoever is there. */
  private record Wire(Peer self, Map<NodeId, Receiver> receivers) implements Transport {
    @Override
    public boolean send(NodeId to, Envelope envelope) {
      Receiver receiver = receivers.get(to);
      if (receiver == null) {
        return false;
      }
      receiver.received(self, envelope);
      return true;
    }
  }
}
