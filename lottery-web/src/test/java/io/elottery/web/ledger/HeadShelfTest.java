package io.elottery.web.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.Chain;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.head.HeadsAsked;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway publishes of what a copy tells it. */
final class HeadShelfTest {
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final ShardId SHARD = new ShardId(0);
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final SimWorld world = new SimWorld(1);
  private final Ring ring = RingBuilder.place(List.of(WORKER), 1, 5);
  private final List<CountersignedHead> told = new ArrayList<>();
  private final List<HeadsAsked> asked = new ArrayList<>();
  private final List<HeadShelf> shelves = new ArrayList<>();
  private final SimNode gateway = world.node("gateway-1", Role.GATEWAY, this::boot);
  private final Path directory;

  HeadShelfTest(@TempDir Path directory) {
    this.directory = directory;
    world.node(WORKER.name(), Role.WORKER, this::worker);
    world.startAll();
  }

  @Test
  void whatIsSoundIsPublishedAndWhatContradictsItIsNot() {
    Chain chain = new Chain(SHARD);
    told.add(signed(head(chain, 1), "sound"));
    Chain other = copy(chain);
    told.add(signed(head(chain, 2), "sound"));
    world.runFor(Duration.ofSeconds(11));
    assertThat(shelf().heads(0)).hasSize(2);

    told.clear();
    told.add(signed(head(chain, 3), "forged"));
    told.add(signed(head(other, 4), "sound"));
    world.runFor(Duration.ofSeconds(11));

    assertThat(shelf().heads(0)).hasSize(2);
    assertThat(shelf().contradicted()).isEqualTo(1);
  }

  @Test
  void theLastOneOutlivesARestartAndIsShownToTheCopies() {
    CountersignedHead first = signed(head(new Chain(SHARD), 1), "sound");
    told.add(first);
    world.runFor(Duration.ofSeconds(11));

    gateway.crash();
    told.clear();
    gateway.start();
    world.runFor(Duration.ofSeconds(11));

    assertThat(shelf().heads(0)).singleElement().matches(it -> it.head().same(first.head()));
    assertThat(asked.get(asked.size() - 1).known())
        .hasValueSatisfying(it -> assertThat(it.encode()).isEqualTo(first.encode()));
  }

  private HeadShelf shelf() {
    return shelves.get(shelves.size() - 1);
  }

  private void boot(SimNode node) {
    NodeLoop loop = node.loop("gateway");
    Switchboard[] board = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> loop.post(() -> board[0].received(from, envelope)));
    board[0] = new Switchboard(1, trunk, loop);
    Mailroom mailroom =
        new Mailroom(
            board[0],
            Route.toWorkers(() -> Optional.of(ring)),
            loop,
            node.time(),
            MailroomConfig.defaults());
    HeadShelf shelf =
        new HeadShelf(
            loop, mailroom, (server, signed) -> signed.seal().signature()[0] == 's', directory);
    shelf.start();
    shelves.add(shelf);
  }

  private void worker(SimNode node) {
    NodeLoop loop = node.loop("ledger");
    Switchboard[] board = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> loop.post(() -> board[0].received(from, envelope)));
    board[0] = new Switchboard(1, trunk, loop);
    board[0].serve(
        LedgerKinds.HEADS,
        (from, request, answer) -> {
          try {
            asked.add(HeadsAsked.of(request));
          } catch (MalformedMessage malformed) {
            throw new AssertionError(malformed);
          }
          answer.reply(HeadsAsked.found(told));
        });
  }

  private static Head head(Chain chain, int position) {
    chain.add(position, NOW, 1, new byte[] {(byte) position});
    return chain.tell(new byte[Head.HASH_BYTES]);
  }

  private static Chain copy(Chain chain) {
    Chain copy = new Chain(SHARD);
    WireWriter out = new WireWriter();
    chain.write(out);
    try {
      copy.read(new WireReader(out.toBytes()));
    } catch (MalformedMessage impossible) {
      throw new AssertionError(impossible);
    }
    return copy;
  }

  private static CountersignedHead signed(Head head, String seal) {
    TreeMap<NodeId, SignedHead> signatures = new TreeMap<>();
    Testimony.Seal its =
        new Testimony.Seal(seal.getBytes(StandardCharsets.US_ASCII), new byte[] {1});
    signatures.put(WORKER, new SignedHead(head, 1, its));
    return new CountersignedHead(head, signatures);
  }
}
