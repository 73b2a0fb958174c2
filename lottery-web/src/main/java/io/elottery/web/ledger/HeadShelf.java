package io.elottery.web.ledger;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.HeadFile;
import io.elottery.ledger.head.HeadTrail;
import io.elottery.ledger.head.HeadsAsked;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heads of each shard that a majority of its copies signed, as this gateway publishes them: the
 * last few of each. It asks for newer ones now and then, each time another copy, and shows that
 * copy the last one it knows. Of each shard the last one is kept in a file, so that a ledger that
 * was put back meets somebody who knows more, also after a restart of the gateway. One that
 * contradicts what is known is not taken, and counted.
 *
 * <p>Filled on the gateway's loop; read on any thread.
 */
public final class HeadShelf {
  private static final Logger log = LoggerFactory.getLogger(HeadShelf.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int AT_ONCE = 8; // each is checked on this loop

  private final NodeLoop loop;
  private final Mailroom mailroom;
  private final HeadTrail.SealCheck seals;
  private final Path directory;
  private final Map<Integer, List<CountersignedHead>> published = new ConcurrentHashMap<>();
  private final Map<Integer, HeadTrail> known = new TreeMap<>();
  private int turn;
  private volatile long contradicted; // counted on the loop, read by meters

  /**
   * @param directory where the last ones are kept
   */
  public HeadShelf(NodeLoop loop, Mailroom mailroom, HeadTrail.SealCheck seals, Path directory) {
    this.loop = loop;
    this.mailroom = mailroom;
    this.seals = seals;
    this.directory = directory;
  }

  /** Begins to ask; the loop need not turn yet. */
  public void start() {
    loop.every(EVERY, this::askAll);
  }

  /** The heads of a shard, oldest first; empty when none is known. */
  public List<CountersignedHead> heads(int shard) {
    return published.getOrDefault(shard, List.of());
  }

  /** Heads that contradicted what was known. */
  public long contradicted() {
    return contradicted;
  }

  private void askAll() {
    turn++;
    for (int shard = 0; shard < mailroom.shards(); shard++) {
      List<NodeId> holders = mailroom.holders(shard);
      if (!holders.isEmpty()) {
        ask(shard, holders.get(turn % holders.size()));
      }
    }
  }

  private void ask(int shard, NodeId server) {
    HeadTrail there = known.computeIfAbsent(shard, this::load);
    Optional<CountersignedHead> last = there.last();
    LogPosition after = last.map(it -> it.head().position()).orElse(LogPosition.START);
    mailroom
        .heads(server, new HeadsAsked(new ShardId(shard), after, AT_ONCE, last))
        .thenAccept(heads -> heads.forEach(head -> take(shard, there, head)))
        .exceptionally(silent -> null); // another one is asked the next time
  }

  private void take(int shard, HeadTrail there, CountersignedHead head) {
    HeadTrail.Taken taken = there.take(head);
    if (taken == HeadTrail.Taken.CONTRADICTS) {
      contradicted++;
      log.error(
          "shard-{}: what {} signed for position {} contradicts what was signed for position {}",
          shard,
          head.signatures().keySet(),
          head.head().position(),
          there.last().map(it -> it.head().position()).orElse(LogPosition.START));
    } else if (taken == HeadTrail.Taken.NEW) {
      published.put(shard, there.heads());
      file(shard).write(head);
    }
  }

  private HeadTrail load(int shard) {
    HeadTrail there = new HeadTrail(new ShardId(shard), seals);
    HeadFile file = file(shard);
    file.read()
        .ifPresent(
            head -> {
              if (there.take(head) == HeadTrail.Taken.NEW) {
                published.put(shard, there.heads());
              } else {
                file.damaged("its signatures do not hold");
              }
            });
    return there;
  }

  private HeadFile file(int shard) {
    return new HeadFile(directory.resolve("shard-" + shard));
  }
}
