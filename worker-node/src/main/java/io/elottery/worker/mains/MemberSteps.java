package io.elottery.worker.mains;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.ReportsKinds;
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.shards.Replicas;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Takes LEFT's steps of changes of members, none under an older fence, and tells any main what the
 * replicas here know. On the supervision loop.
 */
public final class MemberSteps {
  private static final Envelope TAKEN =
      new Envelope(ReportsKinds.MEMBER_STEP_TAKEN, ReportsKinds.VERSION, new byte[0]);

  private final FenceDesk fences;
  private final Consumer<NodeId> outdated;
  private final Replicas replicas;
  private final Predicate<ShardId> hasReceiptKey;
  private final NodeLoop loop;

  /**
   * Takes nothing until it is served.
   *
   * @param outdated told of every main whose step was refused as old
   * @param hasReceiptKey no copy opens without it: no receipt may leave unsigned
   */
  public MemberSteps(
      FenceDesk fences,
      Consumer<NodeId> outdated,
      Replicas replicas,
      Predicate<ShardId> hasReceiptKey,
      NodeLoop loop) {
    this.fences = fences;
    this.outdated = outdated;
    this.replicas = replicas;
    this.hasReceiptKey = hasReceiptKey;
    this.loop = loop;
  }

  /** Takes both calls from the switchboard. */
  public void serve(Switchboard board) {
    board
        .serve(ReportsKinds.MEMBER_STEP, this::step)
        .serve(ReportsKinds.REPLICA_VIEWS, this::views);
  }

  private void step(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains change members");
      return;
    }
    try {
      WireReader in = new WireReader(request.body());
      long fence = in.i64();
      MemberStep step = MemberStep.decode(in.rest());
      fences.check(
          Hemisphere.LEFT,
          fence,
          step.words(),
          outcome -> checked(from.id(), step, outcome, answer));
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", "not a step: " + malformed.getMessage());
    }
  }

  private void checked(
      NodeId main, MemberStep step, FenceDesk.Answer outcome, CallHandler.Answer answer) {
    switch (outcome) {
      case ADMITTED -> {
        if (step.kind() == MemberStep.Kind.JOIN && !hasReceiptKey.test(step.shard())) {
          answer.refuse("NOT_DONE", step.shard() + ": its receipt key is not here yet");
          return;
        }
        replicas.step(
            step,
            why ->
                loop.execute(
                    () -> {
                      if (why.isEmpty()) {
                        answer.reply(TAKEN);
                      } else {
                        answer.refuse("NOT_DONE", why.get());
                      }
                    }));
      }
      case OLD_FENCE -> {
        answer.refuse("OLD_FENCE", "a leader with a newer fence acts for LEFT");
        outdated.accept(main);
      }
      case NOT_KEPT -> answer.refuse("NOT_KEPT", "the disk does not take the step's fence");
    }
  }

  private void views(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains ask for members");
      return;
    }
    replicas.views(
        told ->
            loop.execute(
                () -> {
                  if (told.isPresent()) {
                    answer.reply(
                        new Envelope(
                            ReportsKinds.REPLICAS_VIEWED,
                            ReportsKinds.VERSION,
                            ReplicaView.encode(told.get())));
                  } else {
                    answer.refuse("NOT_OPEN", "no ring was applied here yet");
                  }
                }));
  }
}
