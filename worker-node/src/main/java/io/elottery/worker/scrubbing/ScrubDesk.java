package io.elottery.worker.scrubbing;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.ledger.node.StoreScrub;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.scrub.Scrub;
import io.elottery.worker.shards.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scrub at a time: at night by itself, and when a main asks; tells how far it is and what it
 * found. On the supervision loop; what reads the disk runs on the executor.
 */
public final class ScrubDesk {
  private static final Logger log = LoggerFactory.getLogger(ScrubDesk.class);
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final NodeId self;
  private final NodeLoop loop;
  private final Replicas replicas;
  private final Executor disk;
  private final Nightly nightly;
  private final Consumer<String> notice;
  private final AtomicLong bytes = new AtomicLong(); // written by the executor's thread
  private Scrub last = Scrub.NEVER;
  private @Nullable Instant due;

  /**
   * @param disk may wait as long as it takes
   * @param notice told what was found
   */
  public ScrubDesk(
      NodeId self,
      NodeLoop loop,
      Replicas replicas,
      Executor disk,
      Nightly nightly,
      Consumer<String> notice) {
    this.self = self;
    this.loop = loop;
    this.replicas = replicas;
    this.disk = disk;
    this.nightly = nightly;
    this.notice = notice;
  }

  /** Scrubs every night from now on. */
  public void start() {
    due = nightly.next(self, loop.time().now()).orElse(null);
    loop.every(LOOK, this::beginIfDue);
  }

  /** Takes the questions of mains from the switchboard. */
  public void serve(Switchboard board) {
    board.serve(
        ReportsKinds.SCRUB,
        (from, request, answer) -> {
          byte[] body = request.body();
          if (from.role() != Role.MAIN) {
            answer.refuse("NOT_ALLOWED", "only mains ask for a scrub");
          } else if (body.length != 1 || body[0] < 0 || body[0] > 1) {
            answer.refuse("MALFORMED", "expected one byte, 0 or 1");
          } else {
            if (body[0] == 1) {
              begin();
            }
            answer.reply(last().envelope());
          }
        });
  }

  /** Begins one; without effect while one is under way. */
  public void begin() {
    if (last.state() == Scrub.State.UNDER_WAY) {
      return;
    }
    Instant begun = loop.time().now();
    bytes.set(0);
    last = new Scrub(Scrub.State.UNDER_WAY, begun, Instant.EPOCH, 0, 0, List.of());
    log.info("{}: reads back everything its ledger keeps", self);
    replicas
        .scrub(disk, bytes::set)
        .whenComplete((found, problem) -> loop.post(() -> ended(begun, found, problem)));
  }

  /** The last one, or how far it is. */
  public Scrub last() {
    return last.state() == Scrub.State.UNDER_WAY
        ? new Scrub(
            last.state(), last.begunAt(), last.endedAt(), last.records(), bytes.get(), List.of())
        : last;
  }

  private void beginIfDue() {
    Instant now = loop.time().now();
    if (due != null && !now.isBefore(due)) {
      due = nightly.next(self, now).orElse(null);
      begin();
    }
  }

  private void ended(Instant begun, StoreScrub.@Nullable Found found, @Nullable Throwable problem) {
    Instant now = loop.time().now();
    if (found == null) {
      String why = "not read to the end: " + problem;
      last = new Scrub(Scrub.State.FAILED, begun, now, 0, bytes.get(), List.of(why));
    } else {
      List<String> damages = new ArrayList<>();
      new TreeMap<>(found.damaged())
          .forEach((shard, damage) -> damages.add(shard + ": " + damage.why()));
      damages.addAll(found.elsewhere());
      last = new Scrub(Scrub.State.DONE, begun, now, found.records(), found.bytes(), damages);
    }
    String words =
        last.isSound()
            ? last.records() + " records read back, all sound"
            : "scrub found damage: " + String.join("; ", last.damages());
    if (last.isSound()) {
      log.info("{}: {}", self, words);
    } else {
      log.error("{}: {}", self, words);
      notice.accept(words);
    }
  }

  /** When the next one is due. */
  Optional<Instant> due() {
    return Optional.ofNullable(due);
  }
}
