package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.Standing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers with which store each member of each shard first spoke, how often that was opened and
 * how far it had come. A member that comes back under the same incarnation with another store, or
 * with the same one as it was earlier, has forgotten what it acknowledged: it is not listened to,
 * ever.
 *
 * <p>Kept in this worker's own store. The first message of a member, and of each of its boots,
 * counts only when that record is flushed, or a crash could forget the store that the message spoke
 * for; how far it came since is written with the next flush that there is anyway. On the ledger
 * loop.
 */
final class PeerStores {
  private static final Logger log = LoggerFactory.getLogger(PeerStores.class);
  private static final int SPACE = 2;

  private final GroupCommit records;
  private final Map<Copy, Known> known = new LinkedHashMap<>();
  private long refused;

  PeerStores(GroupCommit records) {
    this.records = records;
  }

  /** What is to be done with a message. */
  enum Verdict {
    /** Its sender speaks from the store that is known. */
    LISTEN,
    /** Its store was written down in this turn: not before that is flushed. */
    LISTEN_WHEN_FLUSHED,
    /** It was sent before its sender was started again. */
    OUTDATED,
    /** Its sender speaks from another store: the one that is known was lost. */
    OTHER_STORE,
    /** Its sender's store is older than it was: it was restored from a backup, or lost its end. */
    WENT_BACK
  }

  /** One copy of a shard. */
  private record Copy(ShardId shard, Member member) {}

  private static final class Known {
    private Standing standing;
    private boolean flushed;
    private boolean moved; // since it was written
    private Verdict verdict = Verdict.LISTEN;

    Known(Standing standing, boolean flushed) {
      this.standing = standing;
      this.flushed = flushed;
    }
  }

  /** Whether the member may be listened to; remembers what its store says of itself. */
  Verdict judge(ShardId shard, NodeId node, long incarnation, Standing theirs) {
    Copy copy = new Copy(shard, new Member(node, incarnation));
    Known before = known.get(copy);
    if (before == null) {
      Optional<byte[]> kept = records.get(key(copy));
      if (kept.isEmpty()) {
        before = new Known(theirs, false);
        known.put(copy, before);
        return write(copy, before);
      }
      before = read(kept.get());
      known.put(copy, before);
    }
    if (before.verdict != Verdict.LISTEN) {
      refused++;
      return before.verdict;
    }
    return judge(copy, before, theirs);
  }

  private Verdict judge(Copy copy, Known before, Standing theirs) {
    Standing last = before.standing;
    if (theirs.sameBoot(last)) {
      if (theirs.mark() > last.mark()) {
        before.standing = theirs;
        before.moved = true;
      }
      return before.flushed ? Verdict.LISTEN : Verdict.LISTEN_WHEN_FLUSHED;
    }
    if (!theirs.store().equals(last.store())) {
      return refuse(copy, before, theirs, Verdict.OTHER_STORE);
    }
    if (theirs.boot() < last.boot() && theirs.mark() <= last.openedAt()) {
      // Under way since before it was started again; or it went back, then it is told and knows.
      refused++;
      return Verdict.OUTDATED;
    }
    if (theirs.boot() <= last.boot() || theirs.openedAt() < last.mark()) {
      return refuse(copy, before, theirs, Verdict.WENT_BACK);
    }
    before.standing = theirs;
    before.flushed = false;
    return write(copy, before);
  }

  private Verdict refuse(Copy copy, Known before, Standing theirs, Verdict why) {
    refused++;
    before.verdict = why;
    write(copy, before);
    log.error(
        "{}: {} speaks from store {}, but was known with {}: {}. It is not listened to any more;"
            + " replace this copy",
        copy.shard,
        copy.member,
        theirs,
        before.standing,
        why == Verdict.OTHER_STORE
            ? "its directory was emptied or replaced"
            : "it was restored from a backup or lost its end");
    return why;
  }

  private Verdict write(Copy copy, Known what) {
    records.put(key(copy), bytes(what));
    what.moved = false;
    records.afterFlush(() -> what.flushed = true);
    return Verdict.LISTEN_WHEN_FLUSHED;
  }

  /** Writes how far they came, into the next flush. */
  void keep() {
    known.forEach(
        (copy, what) -> {
          if (what.moved) {
            what.moved = false;
            records.putLazily(key(copy), bytes(what));
          }
        });
  }

  long refused() {
    return refused;
  }

  private static byte[] bytes(Known what) {
    WireWriter out = new WireWriter(40);
    what.standing.write(out);
    return out.u8(what.verdict.ordinal()).toBytes();
  }

  private static Known read(byte[] kept) {
    try {
      WireReader in = new WireReader(kept);
      Known what = new Known(Standing.read(in), true);
      what.verdict = Verdict.values()[in.u8()];
      in.done();
      return what;
    } catch (MalformedMessage | ArrayIndexOutOfBoundsException malformed) {
      throw new RecordDamaged("what is known of a member's store is malformed", malformed);
    }
  }

  private static byte[] key(Copy copy) {
    return new WireWriter()
        .u8(SPACE)
        .u16(copy.shard.number())
        .i64(copy.member.incarnation())
        .text(copy.member.node().name())
        .toBytes();
  }
}
