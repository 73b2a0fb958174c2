package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.head.HeadBook;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has each copy sign the heads of its history and tell them to the others, keeps what a majority
 * signed, and closes a copy here that holds another history than that.
 *
 * <p>A head is told after what it speaks for is flushed. A signature counts once it was checked,
 * which is dear and not done on this loop where that can be helped. A copy that is told an old head
 * answers with what a majority signed, so that one whose history is another, or was put back,
 * learns it. On the ledger loop.
 */
final class HeadWatch {
  private final NodeId self;
  private final NodeLoop loop;
  private final Transport peers;
  private final GroupCommit commit;
  private final ReplyFinisher seals;
  private final Function<ShardId, @Nullable Replica> replicas;
  private final StoreWatch watch;
  private final HeadBook book;
  private int closed;

  HeadWatch(
      NodeId self,
      NodeLoop loop,
      Transport peers,
      GroupCommit commit,
      ReplyFinisher seals,
      Function<ShardId, @Nullable Replica> replicas,
      StoreWatch watch) {
    this.self = self;
    this.loop = loop;
    this.peers = peers;
    this.commit = commit;
    this.seals = seals;
    this.replicas = replicas;
    this.watch = watch;
    this.book = new HeadBook(commit);
  }

  /** Copies closed here because they held another history. */
  int closed() {
    return closed;
  }

  HeadBook book() {
    return book;
  }

  /** What a copy of the shard tells of its heads. */
  BatchMachine.Told told(ShardId shard) {
    return new BatchMachine.Told() {
      @Override
      public void head(Head head) {
        loop.post(() -> made(head));
      }

      @Override
      public void restored() {
        loop.post(() -> became(shard));
      }
    };
  }

  // What a snapshot brought is told too, also before this copy has a vote: others who know another
  // history then say so, and it never gets one.
  private void became(ShardId shard) {
    Replica replica = replicas.apply(shard);
    if (replica != null) {
      for (Head head : List.copyOf(replica.chain().told())) {
        book.at(shard, head.position().index()).ifPresent(this::compare);
      }
      Optional<Head> last = replica.chain().last();
      if (voters(shard).contains(self)) {
        last.ifPresent(this::made);
      } else {
        last.ifPresent(head -> sign(head, Math.max(1, voters(shard).size()), false));
      }
    }
  }

  private void made(Head head) {
    ShardId shard = head.shard();
    Optional<CountersignedHead> known = book.at(shard, head.position().index());
    if (known.isPresent()) {
      compare(known.get());
      return;
    }
    List<NodeId> voters = voters(shard);
    if (voters.contains(self)) {
      sign(head, voters.size(), true);
    }
  }

  private void sign(Head head, int voters, boolean counts) {
    seals.seal(
        head.statement(self, voters),
        seal -> {
          if (seal.signature().length > 0) {
            SignedHead mine = new SignedHead(head, voters, seal);
            if (counts) {
              add(self, mine);
            }
            commit.afterFlush(() -> tell(head.shard(), mine));
          }
        });
  }

  private void tell(ShardId shard, SignedHead mine) {
    Replica replica = replicas.apply(shard);
    if (replica != null) {
      Envelope envelope = mine.envelope();
      replica.group().members().stream()
          .filter(member -> !member.equals(self))
          .forEach(member -> peers.send(member, envelope));
    }
  }

  private List<NodeId> voters(ShardId shard) {
    Replica replica = replicas.apply(shard);
    return replica == null
        ? List.of()
        : replica.group().changes().now().voters().stream().map(Member::node).toList();
  }

  /** Takes {@link LedgerKinds#HEAD} and {@link LedgerKinds#HEAD_KNOWN}. */
  void received(NodeId from, Envelope envelope) throws MalformedMessage {
    if (envelope.kind() == LedgerKinds.HEAD) {
      headCame(from, SignedHead.of(envelope));
    } else {
      shown(CountersignedHead.decode(envelope.body()));
    }
  }

  private void headCame(NodeId from, SignedHead signed) {
    ShardId shard = signed.head().shard();
    Replica replica = replicas.apply(shard);
    if (replica == null || !replica.group().members().contains(from)) {
      return;
    }
    long at = signed.head().position().index();
    Optional<CountersignedHead> here = book.at(shard, at);
    if (here.isPresent()) {
      if (!here.get().head().same(signed.head())) {
        peers.send(from, here.get().envelope());
      }
    } else if (voters(shard).contains(from) && book.wants(from, signed)) {
      seals.check(
          from,
          signed.statementOf(from),
          signed.seal(),
          holds -> {
            if (holds && voters(shard).contains(from)) {
              add(from, signed);
            }
          });
    }
    book.latest(shard)
        .filter(latest -> here.isEmpty() && latest.head().position().index() > at)
        .ifPresent(latest -> peers.send(from, latest.envelope()));
  }

  /** Somebody shows a head that a majority is said to have signed; whoever it is. */
  void shown(CountersignedHead shown) {
    ShardId shard = shown.head().shard();
    long at = shown.head().position().index();
    boolean known = book.at(shard, at).filter(it -> it.head().same(shown.head())).isPresent();
    if (known) {
      compare(shown);
      return;
    }
    int voters = Math.max(1, voters(shard).size());
    if (shown.isByMajority(voters)) {
      int[] left = {shown.signatures().size()};
      for (Map.Entry<NodeId, SignedHead> one : shown.signatures().entrySet()) {
        seals.check(
            one.getKey(),
            one.getValue().statementOf(one.getKey()),
            one.getValue().seal(),
            holds -> {
              if (holds && --left[0] == 0) {
                book.put(shown);
                compare(shown);
              }
            });
      }
    }
  }

  private void add(NodeId server, SignedHead signed) {
    book.add(server, signed, Math.max(1, voters(signed.head().shard()).size()))
        .ifPresent(this::compare);
  }

  /** A writer has all that was ever acknowledged; a majority signed nothing else. */
  void checkWriter(ShardId shard) {
    book.latest(shard).ifPresent(this::compareWriter);
  }

  private void compare(CountersignedHead right) {
    ShardId shard = right.head().shard();
    Replica replica = replicas.apply(shard);
    if (replica != null) {
      Optional<String> why = replica.chain().contradicts(right.head());
      if (why.isPresent()) {
        close(
            replica,
            right,
            "its history "
                + why.get()
                + ", not the one that "
                + right.signatures().keySet()
                + " signed: it contradicts what was acknowledged");
        return;
      }
      compareWriter(right);
    }
  }

  private void compareWriter(CountersignedHead right) {
    Replica replica = replicas.apply(right.head().shard());
    long signed = right.head().position().index();
    if (replica != null && replica.group().writes()) {
      long last = replica.group().status().lastIndex();
      if (last < signed) {
        close(
            replica,
            right,
            "its history ends at position "
                + last
                + ", and "
                + right.signatures().keySet()
                + " signed position "
                + signed
                + ": the ledger was put back");
      }
    }
  }

  private void close(Replica replica, CountersignedHead right, String why) {
    closed++;
    watch.close(right.head().shard(), replica.group().self().incarnation(), why);
  }
}
