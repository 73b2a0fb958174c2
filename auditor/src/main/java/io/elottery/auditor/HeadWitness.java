package io.elottery.auditor;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.HeadAlarm;
import io.elottery.ledger.head.HeadFile;
import io.elottery.ledger.head.HeadTrail;
import io.elottery.ledger.head.HeadsAsked;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the heads that each shard's copies sign, checks every signature, keeps the last one of
 * each shard on this server's own disk, and raises the alarm when a shard's copies sign another
 * history than that, or do not know it any more.
 *
 * <p>It asks from the head before the last one kept on, so the copies have to tell the last one
 * again; and shows them nothing, so what they tell they know themselves. That the last one is
 * missing is an alarm only after {@value #MISSES} answers in a row, each of another copy where main
 * knows several: a copy that was just made does not know it yet. An alarm stands until the head is
 * told again; a fork stands for good. On the auditor's loop.
 */
final class HeadWitness {
  static final Duration EVERY = Duration.ofSeconds(10);
  static final int MISSES = 6;

  private static final Logger log = LoggerFactory.getLogger(HeadWitness.class);
  private static final int AT_ONCE = 16;

  /** Reaches the copies. */
  @FunctionalInterface
  interface Copies {
    /** What one of the copies knows; exceptionally when none says. On the auditor's loop. */
    CompletableFuture<List<CountersignedHead>> heads(HeadsAsked asked);
  }

  /**
   * What it stands on.
   *
   * @param shards how many there are; 0 while that is not known
   * @param check not ready while an alarm stands
   * @param directory where the last heads are kept
   * @param alarms told again at each round while they stand
   */
  record Ports(
      NodeLoop loop,
      IntSupplier shards,
      Copies copies,
      HeadTrail.SealCheck seals,
      Path directory,
      Readiness.Check check,
      Consumer<HeadAlarm> alarms) {}

  private static final class Followed {
    private final HeadTrail trail;
    private int misses;
    private boolean forked;

    Followed(HeadTrail trail) {
      this.trail = trail;
    }
  }

  private final Ports ports;
  private final Map<Integer, Followed> shards = new TreeMap<>();
  private final Map<Integer, HeadAlarm> standing = new TreeMap<>();
  private volatile long taken; // counted on the loop, read by meters
  private volatile int alarms; // the same

  HeadWitness(Ports ports) {
    this.ports = ports;
    ports.check.ready();
  }

  void start() {
    ports.loop.every(EVERY, this::askAll);
  }

  /** Heads taken since the start. Any thread. */
  long taken() {
    return taken;
  }

  /** Shards with an alarm. Any thread. */
  int alarms() {
    return alarms;
  }

  private void askAll() {
    standing.values().forEach(ports.alarms);
    for (int shard = 0; shard < ports.shards.getAsInt(); shard++) {
      ask(shard);
    }
  }

  private void ask(int shard) {
    Followed followed = shards.computeIfAbsent(shard, this::load);
    LogPosition after =
        followed
            .trail
            .last()
            .map(last -> new LogPosition(last.head().position().index() - 1))
            .orElse(LogPosition.START);
    ports
        .copies
        .heads(new HeadsAsked(new ShardId(shard), after, AT_ONCE, Optional.empty()))
        .thenAccept(heads -> told(shard, followed, heads))
        .exceptionally(silent -> null); // asked again the next time
  }

  private void told(int shard, Followed followed, List<CountersignedHead> heads) {
    Optional<CountersignedHead> last = followed.trail.last();
    boolean again = last.isEmpty();
    for (CountersignedHead head : heads) {
      HeadTrail.Taken became = followed.trail.take(head);
      again |= became == HeadTrail.Taken.KNOWN || became == HeadTrail.Taken.NEW;
      if (became == HeadTrail.Taken.NEW) {
        taken++;
        file(shard).write(head);
      } else if (became == HeadTrail.Taken.CONTRADICTS && !followed.forked) {
        followed.forked = true;
        raise(shard, HeadAlarm.Kind.FORKED, fork(last.orElse(head), head));
      }
    }
    followed.misses = again ? 0 : followed.misses + 1;
    if (followed.misses == MISSES && !followed.forked) {
      raise(shard, HeadAlarm.Kind.WENT_BACK, back(last.orElseThrow()));
    } else if (again && !followed.forked && standing.remove(shard) != null) {
      log.info("shard-{}: alarm → none, because its copies know the kept head again", shard);
      show();
    }
  }

  private static String fork(CountersignedHead kept, CountersignedHead other) {
    return other.signatures().keySet()
        + " signed head "
        + other.head().number()
        + " at position "
        + other.head().position()
        + ", which does not follow from head "
        + kept.head().number()
        + " at position "
        + kept.head().position()
        + " that "
        + kept.signatures().keySet()
        + " signed and this auditor kept: two histories.";
  }

  private static String back(CountersignedHead kept) {
    return "No copy knows head "
        + kept.head().number()
        + " at position "
        + kept.head().position()
        + " any more, "
        + MISSES
        + " answers in a row, which "
        + kept.signatures().keySet()
        + " signed and this auditor kept: the ledger went back.";
  }

  private void raise(int shard, HeadAlarm.Kind kind, String why) {
    HeadAlarm alarm = new HeadAlarm(new ShardId(shard), kind, why);
    log.error("{}: {}: {}", alarm.shard(), kind, why);
    standing.put(shard, alarm);
    ports.alarms.accept(alarm);
    show();
  }

  private void show() {
    alarms = standing.size();
    standing.values().stream()
        .findFirst()
        .ifPresentOrElse(
            first -> ports.check.notReady(first.shard() + " " + first.kind() + ": " + first.why()),
            ports.check::ready);
  }

  private Followed load(int shard) {
    HeadTrail trail = new HeadTrail(new ShardId(shard), ports.seals);
    HeadFile file = file(shard);
    file.read()
        .filter(head -> trail.take(head) != HeadTrail.Taken.NEW)
        .ifPresent(head -> file.damaged("its signatures do not hold"));
    return new Followed(trail);
  }

  private HeadFile file(int shard) {
    return new HeadFile(ports.directory.resolve("shard-" + shard));
  }
}
