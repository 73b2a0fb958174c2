package io.elottery.web.ledger;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.vote.AnswerVoting;
import io.elottery.ledger.vote.Ballot;
import io.elottery.ledger.vote.Said;
import io.elottery.ledger.vote.Streaks;
import io.elottery.ledger.vote.VoteReport;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the mains of every vote in which a copy was wrong or silent. On the gateway's loop. */
public final class VoteTeller implements AnswerVoting.Listener {
  private static final Logger log = LoggerFactory.getLogger(VoteTeller.class);

  private final Consumer<Envelope> mains;
  private final Streaks streaks = new Streaks();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder silent = new LongAdder();

  /**
   * @param mains sends to every connected main
   */
  public VoteTeller(Consumer<Envelope> mains) {
    this.mains = mains;
  }

  @Override
  public void voted(String actorKey, ShardId shard, byte[] query, Ballot ballot) {
    Map<NodeId, Said> said = ballot.said();
    Map<NodeId, Integer> rows = streaks.count(shard, said);
    VoteReport report = VoteReport.of(actorKey, shard, query, said, rows);
    if (report.odd().isEmpty()) {
      return;
    }
    wrong.add(rows.size());
    silent.add(report.odd().size() - rows.size());
    rows.forEach(
        (server, row) ->
            log.warn(
                "{}: the copy on {} answers otherwise than most, {} in a row", shard, server, row));
    mains.accept(report.envelope());
  }

  /** Wrong answers seen. */
  public long wrong() {
    return wrong.sum();
  }

  /** Answers that did not come in time. */
  public long silent() {
    return silent.sum();
  }
}
