package io.elottery.controller.vault;

import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.peers.VaultGift;
import io.elottery.controller.peers.VaultState;
import io.elottery.controller.peers.VaultTaken;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What mains tell each other about their vaults: each its own state, and pieces given to one of
 * them. On main's loop.
 */
final class VaultPeers {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long OLD_NANOS = Duration.ofSeconds(10).toNanos();

  private final Switchboard board;
  private final NodeLoop loop;
  private final List<NodeId> others;
  private final VaultDoor door;
  private final Runnable renewed;
  private final Map<NodeId, Told> told = new TreeMap<>();

  private record Told(VaultState state, long at) {}

  /**
   * @param others all other mains, connected or not
   * @param renewed a newer header was recorded
   */
  VaultPeers(
      Switchboard board, NodeLoop loop, List<NodeId> others, VaultDoor door, Runnable renewed) {
    this.board = board;
    this.loop = loop;
    this.others = others;
    this.door = door;
    this.renewed = renewed;
  }

  /** Begins; on the loop or before it turns. */
  void start() {
    board
        .serve(MainKinds.VAULT_GIFT, this::given)
        .serve(MainKinds.VAULT_SEAL, this::sealing)
        .on(MainKinds.VAULT_STATE, this::told)
        .on(MainKinds.VAULT_RENEWED, this::renewedBy);
    loop.every(EVERY, this::tell);
  }

  /** Tells all others how this main's vault stands. */
  void tell() {
    Envelope state = door.state().envelope();
    others.forEach(other -> board.send(other, state));
  }

  /** Tells all others to read the newer header. */
  void tellRenewed() {
    others.forEach(other -> board.send(other, empty(MainKinds.VAULT_RENEWED)));
  }

  /** Gives it to every other main; those that answer, by name. */
  CompletableFuture<Map<NodeId, VaultTaken>> give(VaultGift gift) {
    return all(gift.envelope());
  }

  /** Has every other main forget its keys; those that answer, by name. */
  CompletableFuture<Map<NodeId, VaultTaken>> seal() {
    return all(empty(MainKinds.VAULT_SEAL));
  }

  /** How the other main's vault stands, as lately told. */
  Optional<VaultState> of(NodeId main) {
    return Optional.ofNullable(told.get(main))
        .filter(each -> loop.time().nanos() - each.at < OLD_NANOS)
        .map(Told::state);
  }

  /** The other mains, ascending. */
  List<NodeId> others() {
    return others.stream().sorted().toList();
  }

  private CompletableFuture<Map<NodeId, VaultTaken>> all(Envelope request) {
    CompletableFuture<Map<NodeId, VaultTaken>> answers =
        CompletableFuture.completedFuture(new TreeMap<>());
    for (NodeId other : others) {
      CompletableFuture<Optional<VaultTaken>> answer =
          board.call(other, request, PATIENCE).handle((reply, problem) -> taken(other, reply));
      answers =
          answers.thenCombine(
              answer,
              (all, one) -> {
                one.ifPresent(each -> all.put(other, each));
                return all;
              });
    }
    return answers;
  }

  private Optional<VaultTaken> taken(NodeId from, @Nullable Envelope reply) {
    try {
      if (reply == null) {
        return Optional.empty();
      }
      VaultTaken taken = VaultTaken.parse(reply.body());
      told.put(from, new Told(taken.state(), loop.time().nanos()));
      return Optional.of(taken);
    } catch (MalformedMessage another) {
      return Optional.empty();
    }
  }

  private void given(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains pass pieces on");
      return;
    }
    try {
      door.give(VaultGift.parse(request.body()))
          .thenAccept(
              taken -> {
                answer.reply(taken.envelope());
                tell();
              });
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void sealing(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains pass this on");
      return;
    }
    door.seal();
    answer.reply(new VaultTaken("", "", door.state()).envelope());
    tell();
  }

  private void told(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    try {
      told.put(from.id(), new Told(VaultState.parse(envelope.body()), loop.time().nanos()));
    } catch (MalformedMessage another) {
      told.remove(from.id());
      throw another;
    }
  }

  private void renewedBy(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    renewed.run();
  }

  private static void onlyMain(Peer from) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
  }

  private static Envelope empty(int kind) {
    return new Envelope(kind, MainKinds.VERSION, new byte[0]);
  }
}
