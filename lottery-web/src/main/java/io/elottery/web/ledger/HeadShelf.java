package io.elottery.web.ledger;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.head.HeadsAsked;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heads of each shard that a majority of its copies signed, as this gateway publishes them: the
 * last {@value #KEPT} of each. It asks for newer ones now and then, each time another copy, and
 * shows that copy the last one it knows. Of each shard the last one is kept in a file, so that a
 * ledger that was put back meets somebody who knows more, also after a restart of the gateway. One
 * that contradicts what is known is not taken, and counted.
 *
 * <p>Filled on the gateway's loop; read on any thread.
 */
public final class HeadShelf {
  /** Whether a worker of this network signed these bytes. */
  @FunctionalInterface
  public interface SealCheck {
    /** True when the server's own key signed it. */
    boolean holds(NodeId server, SignedHead signed);
  }

  private static final Logger log = LoggerFactory.getLogger(HeadShelf.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int KEPT = 64;
  private static final int AT_ONCE = 8; // each is checked on this loop

  private final NodeLoop loop;
  private final Mailroom mailroom;
  private final SealCheck seals;
  private final Path directory;
  private final Map<Integer, List<CountersignedHead>> published = new ConcurrentHashMap<>();
  private final Map<Integer, TreeMap<Long, CountersignedHead>> known = new TreeMap<>();
  private int turn;
  private volatile long contradicted; // counted on the loop, read by meters

  /**
   * @param directory where the last ones are kept
   */
  public HeadShelf(NodeLoop loop, Mailroom mailroom, SealCheck seals, Path directory) {
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
    TreeMap<Long, CountersignedHead> there = known.computeIfAbsent(shard, this::load);
    Optional<CountersignedHead> last =
        Optional.ofNullable(there.lastEntry()).map(Map.Entry::getValue);
    LogPosition after = last.map(it -> it.head().position()).orElse(LogPosition.START);
    mailroom
        .heads(server, new HeadsAsked(new ShardId(shard), after, AT_ONCE, last))
        .thenAccept(heads -> heads.forEach(head -> take(shard, there, head)))
        .exceptionally(silent -> null); // another one is asked the next time
  }

  private void take(int shard, TreeMap<Long, CountersignedHead> there, CountersignedHead head) {
    Head fresh = head.head();
    if (fresh.shard().number() != shard
        || !head.isByMajority(1)
        || there.containsKey(fresh.position().index())) {
      return;
    }
    for (Map.Entry<NodeId, SignedHead> one : head.signatures().entrySet()) {
      if (!seals.holds(one.getKey(), one.getValue())) {
        return;
      }
    }
    Map.Entry<Long, CountersignedHead> before = there.lastEntry();
    if (before != null && !follows(before.getValue().head(), fresh)) {
      contradicted++;
      log.error(
          "{}: what {} signed for position {} contradicts what {} signed for position {}",
          fresh.shard(),
          head.signatures().keySet(),
          fresh.position(),
          before.getValue().signatures().keySet(),
          before.getKey());
      return;
    }
    there.put(fresh.position().index(), head);
    if (there.size() > KEPT) {
      there.pollFirstEntry();
    }
    published.put(shard, List.copyOf(there.values()));
    save(shard, head);
  }

  private static boolean follows(Head before, Head next) {
    boolean adjacent = next.number() == before.number() + 1;
    return next.number() > before.number()
        && (!adjacent || Arrays.equals(next.previous(), before.hash()))
        && next.position().compareTo(before.position()) > 0
        && next.commands() >= before.commands()
        && !next.stampedAt().isBefore(before.stampedAt());
  }

  private TreeMap<Long, CountersignedHead> load(int shard) {
    TreeMap<Long, CountersignedHead> there = new TreeMap<>();
    Path file = file(shard);
    if (Files.exists(file)) {
      try {
        CountersignedHead head = CountersignedHead.decode(Files.readAllBytes(file));
        there.put(head.head().position().index(), head);
        published.put(shard, List.of(head));
      } catch (IOException | MalformedMessage unreadable) {
        log.warn("{} cannot be read, it is begun anew: {}", file, unreadable.getMessage());
      }
    }
    return there;
  }

  private void save(int shard, CountersignedHead head) {
    Path file = file(shard);
    Path fresher = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(directory);
      Files.write(fresher, head.encode());
      Files.move(
          fresher, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      log.warn("{} cannot be written: {}", file, failed.toString());
    }
  }

  private Path file(int shard) {
    return directory.resolve("shard-" + shard);
  }
}
