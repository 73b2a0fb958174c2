package io.elottery.web.network;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Announce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What a gateway asks mains and tells them. On the gateway's loop. */
final class MainCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Switchboard switchboard;
  private final NodeLoop loop;

  MainCalls(Switchboard switchboard, NodeLoop loop) {
    this.switchboard = switchboard;
    this.loop = loop;
  }

  /** Asks one main after the other for the network's state, as JSON. */
  void picture(List<NodeId> mains, CompletableFuture<byte[]> result) {
    if (mains.isEmpty()) {
      result.completeExceptionally(new IllegalStateException("no main answers"));
      return;
    }
    Envelope call = new Envelope(ReportsKinds.NETWORK, ReportsKinds.VERSION, new byte[0]);
    switchboard
        .call(mains.get(0), call, PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              if (problem == null) {
                result.complete(answer.body());
              } else {
                picture(mains.subList(1, mains.size()), result);
              }
            });
  }

  /** Brings a call of the staff to one main after the other. */
  void office(List<NodeId> mains, StaffQuestion question, CompletableFuture<byte[]> result) {
    boolean last = mains.size() == 1;
    switchboard
        .call(mains.get(0), question.envelope(), question.patience())
        .whenComplete(
            (answer, problem) -> {
              if (problem == null && (last || question.settles().test(answer.body()))) {
                result.complete(answer.body());
              } else if (problem == null || !last && question.mayGoOn(problem)) {
                office(mains.subList(1, mains.size()), question, result);
              } else {
                result.completeExceptionally(problem);
              }
            });
  }

  /** Says to a main that this gateway is here, until it has heard it or is gone. */
  void announce(NodeId main, RosterBook book, BooleanSupplier stillThere) {
    Announce self =
        new Announce(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            book.highestFence(),
            book.roster().fence(),
            book.roster().version());
    switchboard
        .call(main, self.envelope(), PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              if (problem != null && stillThere.getAsBoolean()) {
                loop.after(AGAIN, () -> again(main, book, stillThere));
              }
            });
  }

  private void again(NodeId main, RosterBook book, BooleanSupplier stillThere) {
    if (stillThere.getAsBoolean()) {
      announce(main, book, stillThere);
    }
  }
}
