package io.elottery.controller.switchover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.controller.health.EventSink;
import io.elottery.controller.hemisphere.ElectionDesk;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.peers.HandOver;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.order.Lead;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Planned changes of a half's leader: {@code POST /switchover {"half","to","reason"}}, by
 * operations or an officer, at once and audited first. The old leader steps down before its seat is
 * free; the election prefers the named one; its fence is higher. On main's loop.
 */
public final class SwitchoverDesk {
  private static final Logger log = LoggerFactory.getLogger(SwitchoverDesk.class);
  private static final Set<StaffRole> WHO = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);
  private static final int REASON_MAX = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /**
   * What it needs.
   *
   * @param isConnected whether a trunk to the main is open
   */
  public record Ports(
      NodeId self,
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      ElectionDesk elections,
      Predicate<NodeId> isConnected,
      AuditTrail audit,
      EventSink events) {}

  private final Ports ports;

  /** Serves nothing until started. */
  public SwitchoverDesk(Ports ports) {
    this.ports = ports;
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    calls.add("POST", "/switchover", WHO, this::asked);
    ports.board.serve(MainKinds.HAND_OVER, this::handOver);
  }

  CompletableFuture<StaffAnswer> asked(StaffRequest request) {
    Lead from;
    NodeId to;
    String reason;
    try {
      Hemisphere half = half(request.required("half", 10));
      to = main(request.required("to", 40));
      reason = request.required("reason", REASON_MAX);
      from = leader(half);
      check(from, to);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    Hemisphere half = from.hemisphere();
    String words = half + " from " + from.leader() + " to " + to + ", because " + reason;
    return ports
        .audit
        .record(AuditEntry.done(request.who().name(), "SWITCHOVER", half.name(), words))
        .thenCompose(
            stored -> {
              ports.events.record(Priority.NOTICE, "SWITCHOVER", half.name(), words);
              log.info("{} switches over {}", request.who().name(), words);
              return begin(from, to);
            });
  }

  private CompletableFuture<StaffAnswer> begin(Lead from, NodeId to) {
    StaffAnswer begun =
        StaffAnswer.accepted(
            JsonNodeFactory.instance
                .objectNode()
                .put("half", from.hemisphere().name())
                .put("from", from.leader().name())
                .put("to", to.name())
                .put("fence", from.fence()));
    if (from.leader().equals(ports.self)) {
      // Answered first: who steps down from LEFT may not answer for it any more.
      ports.loop.post(() -> step(new HandOver(from.hemisphere(), from.fence(), to)));
      return CompletableFuture.completedFuture(begun);
    }
    return ports
        .board
        .call(from.leader(), new HandOver(from.hemisphere(), from.fence(), to).envelope(), PATIENCE)
        .thenApply(done -> begun);
  }

  private void handOver(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      HandOver asked = HandOver.parse(request.body());
      Optional<NodeId> coordinator = ports.halves.lead(Hemisphere.LEFT).map(Lead::leader);
      if (from.role() != Role.MAIN || !coordinator.equals(Optional.of(from.id()))) {
        answer.refuse("NOT_ALLOWED", "only the main that acts for LEFT asks for this");
      } else if (!ports.halves.fence(asked.half()).equals(Optional.of(asked.fence()))) {
        answer.refuse("NOT_LEADER", "this main does not act under fence " + asked.fence());
      } else {
        answer.reply(new Envelope(MainKinds.HANDED_OVER, MainKinds.VERSION, new byte[0]));
        step(asked);
      }
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void step(HandOver asked) {
    if (!ports.halves.fence(asked.half()).equals(Optional.of(asked.fence()))) {
      log.info("{}: not handed over, fence {} is over", asked.half(), asked.fence());
      return;
    }
    ports
        .elections
        .handOver(asked.half(), asked.to())
        .whenComplete(
            (given, problem) -> {
              if (problem != null) {
                log.warn(
                    "{}: whether it was handed over is not known: {}",
                    asked.half(),
                    problem.toString());
              }
            });
  }

  private Lead leader(Hemisphere half) throws ActionRefused {
    return ports
        .halves
        .lead(half)
        .orElseThrow(
            () ->
                ActionRefused.conflict(
                    "NOBODY_LEADS", "Nobody leads " + half + " just now; the election is on."));
  }

  private void check(Lead from, NodeId to) throws ActionRefused {
    Hemisphere half = from.hemisphere();
    if (from.leader().equals(to)) {
      throw ActionRefused.conflict("LEADS_ALREADY", to + " leads " + half + " already.");
    }
    if (!to.equals(ports.self) && !ports.isConnected.test(to)) {
      throw ActionRefused.conflict("NOT_CONNECTED", to + " is not connected: is it running?");
    }
    if (!ports.halves.candidates(half).contains(to)) {
      throw ActionRefused.conflict(
          "NOT_STANDING",
          to
              + " does not stand for "
              + half
              + "; standing: "
              + ports.halves.candidates(half)
              + ". Its preference (key prefer) must be "
              + half.name().toLowerCase(Locale.ROOT)
              + " or both.");
    }
    if (ports.halves.lead(half.other()).filter(lead -> lead.leader().equals(to)).isPresent()) {
      throw ActionRefused.conflict(
          "LEADS_OTHER_HALF",
          to + " leads " + half.other() + ": switch that over to another main first.");
    }
  }

  private static Hemisphere half(String text) throws ActionRefused {
    try {
      return Hemisphere.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw ActionRefused.invalid("half", "Expected left or right.");
    }
  }

  private static NodeId main(String text) throws ActionRefused {
    try {
      return NodeId.of(text);
    } catch (IllegalArgumentException malformed) {
      throw ActionRefused.invalid("to", "Expected the name of a main.");
    }
  }
}
