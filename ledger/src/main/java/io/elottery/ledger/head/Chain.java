package io.elottery.ledger.head;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A shard's log as a chain of hashes: each link is SHA-256 over the link before, the entry's
 * position and its bytes. Now and then a {@link Head} is made of it, after the same entries on
 * every copy: after {@value #ENTRIES} entries, {@value #COMMANDS} commands, or when the last one
 * was a minute ago. Part of the replicated state. On the ledger loop.
 */
public final class Chain {
  /** Entries from one head to the next, at most. */
  public static final int ENTRIES = 256;

  /** Commands after which the next head is made. */
  public static final int COMMANDS = 4_096;

  /** The time of the log after which the next head is made. */
  public static final Duration QUIET = Duration.ofMinutes(1);

  private static final int KEPT = 16;

  private final ShardId shard;
  private final MessageDigest sha256 = Sha256.running();
  private final TreeMap<Long, Head> told = new TreeMap<>();
  private byte[] log = new byte[Head.HASH_BYTES];
  private long position;
  private long commands;
  private long stampMillis;
  private int entriesSince;
  private int commandsSince;

  /** Of an empty log. */
  public Chain(ShardId shard) {
    this.shard = shard;
  }

  /** Adds an entry; whether a head is to be made now. */
  public boolean add(long at, Instant stamp, int its, byte[] entry) {
    sha256.update(log);
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(at).array());
    log = sha256.digest(entry);
    position = at;
    commands += its;
    entriesSince++;
    commandsSince += its;
    stampMillis = stamp.toEpochMilli();
    return entriesSince >= ENTRIES || commandsSince >= COMMANDS || isDue(stamp);
  }

  /** Whether something happened since the last head, and that one is old. */
  public boolean isDue(Instant now) {
    long last = told.isEmpty() ? 0 : told.lastEntry().getValue().stampedAt().toEpochMilli();
    return entriesSince > 0 && now.toEpochMilli() - last >= QUIET.toMillis();
  }

  /**
   * Makes a head of what there is.
   *
   * @param state what the machine says became of it, 32 bytes
   */
  public Head tell(byte[] state) {
    Optional<Head> before = last();
    Head head =
        new Head(
            shard,
            before.map(Head::number).orElse(0L) + 1,
            new LogPosition(position),
            commands,
            Instant.ofEpochMilli(stampMillis),
            log,
            state,
            before.map(Head::hash).orElseGet(() -> new byte[Head.HASH_BYTES]));
    entriesSince = 0;
    commandsSince = 0;
    told.put(position, head);
    if (told.size() > KEPT) {
      told.pollFirstEntry();
    }
    return head;
  }

  /** The last entry's. */
  public long position() {
    return position;
  }

  /** The last heads made, oldest first. */
  public Collection<Head> told() {
    return Collections.unmodifiableCollection(told.values());
  }

  /** The last head made. */
  public Optional<Head> last() {
    return told.isEmpty() ? Optional.empty() : Optional.of(told.lastEntry().getValue());
  }

  /**
   * Whether another head belongs to another history than this one.
   *
   * @return why, when it does; empty also when it cannot be known, because this history does not
   *     reach that far, or is too far ahead to remember
   */
  public Optional<String> contradicts(Head other) {
    long at = other.position().index();
    Head mine = told.get(at);
    if (mine != null) {
      return mine.same(other) ? Optional.empty() : Optional.of("is another one at position " + at);
    }
    boolean remembered = !told.isEmpty() && told.firstKey() < at;
    return remembered && position >= at
        ? Optional.of("has no head at position " + at)
        : Optional.empty();
  }

  /** As a part of the snapshot. */
  public void write(WireWriter out) {
    out.i64(position)
        .varint(commands)
        .i64(stampMillis)
        .varint(entriesSince)
        .varint(commandsSince)
        .raw(log)
        .u8(told.size());
    told.values().forEach(head -> head.write(out));
  }

  /** Goes on from {@link #write}. */
  public void read(WireReader in) throws MalformedMessage {
    position = in.i64();
    commands = in.varint();
    stampMillis = in.i64();
    entriesSince = in.count(ENTRIES);
    commandsSince = in.count(Integer.MAX_VALUE);
    log = in.raw(Head.HASH_BYTES);
    told.clear();
    int count = in.u8();
    if (count > KEPT) {
      throw new MalformedMessage(count + " heads: at most " + KEPT);
    }
    for (int i = 0; i < count; i++) {
      Head head = Head.read(in);
      told.put(head.position().index(), head);
    }
  }
}
