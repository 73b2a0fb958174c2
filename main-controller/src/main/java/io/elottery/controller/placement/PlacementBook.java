package io.elottery.controller.placement;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is to hold each shard: one record under {@code placements/} for every shard that was ever
 * changed, written under LEFT's fence; the others are as the first ring has them. On main's loop.
 */
public final class PlacementBook {
  private static final Logger log = LoggerFactory.getLogger(PlacementBook.class);
  private static final String ROOT = "placements";
  private static final int REST_MAX = 5;

  private final Records records;
  private final Hemispheres halves;
  private final Consumer<Ring> placed;
  private final Map<ShardId, PlacementRecord> book = new TreeMap<>();
  private @Nullable Ring base;

  /**
   * @param placed told of every ring that comes of a change
   */
  PlacementBook(Records records, Hemispheres halves, Consumer<Ring> placed) {
    this.records = records;
    this.halves = halves;
    this.placed = placed;
  }

  /** Reads all records; fails when the registry is away. */
  CompletableFuture<Ring> recall(Ring first) {
    return records
        .children(ROOT)
        .thenCompose(
            names -> {
              CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
              Map<ShardId, PlacementRecord> found = new TreeMap<>();
              first.placements().forEach(it -> found.put(it.shard(), rested(it)));
              for (String name : names) {
                all =
                    all.thenCombine(
                        records.read(ROOT + "/" + name), (none, bytes) -> take(found, bytes));
              }
              return all.thenApply(
                  done -> {
                    base = first;
                    book.clear();
                    book.putAll(found);
                    return ring().orElse(first);
                  });
            });
  }

  /** Another leader writes now. */
  void forget() {
    base = null;
    book.clear();
  }

  /** Whether the records were read. */
  public boolean isOpen() {
    return base != null;
  }

  /** All, in the shards' order; none before they were read. */
  public List<PlacementRecord> all() {
    return List.copyOf(book.values());
  }

  /** One. */
  public Optional<PlacementRecord> of(ShardId shard) {
    return Optional.ofNullable(book.get(shard));
  }

  /** The ring that comes of them: while a copy is exchanged, both may hold it. */
  public Optional<Ring> ring() {
    return ring(PlacementRecord::placement);
  }

  /** The ring that there will be once nothing changes any more. */
  Optional<Ring> wanted() {
    return ring(PlacementRecord::wanted);
  }

  private Optional<Ring> ring(Function<PlacementRecord, Placement> as) {
    Ring ring = base;
    if (ring == null) {
      return Optional.empty();
    }
    long version = ring.version();
    for (PlacementRecord record : book.values()) {
      Placement before = ring.placement(record.shard());
      version += record.changes() - before.changes();
      ring = ring.with(version, as.apply(record));
    }
    return Optional.of(ring);
  }

  /** Writes a record; it counts when the registry has it. */
  public CompletableFuture<Void> write(PlacementRecord record) {
    Optional<Long> fence = halves.fence(Hemisphere.LEFT);
    if (fence.isEmpty() || base == null) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("this main acts no longer for LEFT"));
    }
    return records
        .write(ROOT + "/" + record.shard().number(), record.encode(), fence.get())
        .thenAccept(
            done -> {
              PlacementRecord known = book.get(record.shard());
              if (known != null && known.changes() < record.changes()) {
                log.info("{}: {}, leaving {}", record.shard(), record.members(), record.leaving());
                book.put(record.shard(), record);
                ring().ifPresent(placed);
              }
            });
  }

  private static Void take(Map<ShardId, PlacementRecord> found, Optional<byte[]> bytes) {
    if (bytes.isPresent()) {
      try {
        PlacementRecord record = PlacementRecord.decode(bytes.get());
        PlacementRecord known = found.get(record.shard());
        if (known != null && known.changes() <= record.changes()) {
          found.put(record.shard(), record);
        }
      } catch (MalformedMessage malformed) {
        log.error("a placement is passed over: {}", malformed.getMessage());
      }
    }
    return null;
  }

  // A ring that was kept while a member was exchanged, its record lost: the one that came goes.
  private static PlacementRecord rested(Placement placement) {
    List<Member> members = placement.members();
    if (members.size() % 2 == 1) {
      return PlacementRecord.first(placement);
    }
    long highest = members.stream().mapToLong(Member::incarnation).max().orElse(1);
    int rest = Math.min(REST_MAX, members.size() - 1);
    return new PlacementRecord(
        placement.shard(),
        placement.changes(),
        highest,
        members.subList(0, rest),
        members.subList(rest, members.size()),
        "its record was lost",
        Instant.ofEpochMilli(1));
  }
}
