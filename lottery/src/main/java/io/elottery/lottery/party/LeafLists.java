package io.elottery.lottery.party;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.query.LotteryQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the leaves of closed draws page by page and computes their roots. On the runner's loop.
 */
final class LeafLists {
  private static final Logger log = LoggerFactory.getLogger(LeafLists.class);
  private static final int PAGE = 2000; // leaves of some 250 bytes: half a megabyte

  private final DrawLedger ledger;
  private final boolean keepLeaves;
  private final int most;
  private final Map<DrawRef, Fetched> lists = new LinkedHashMap<>();

  /**
   * @param keepLeaves whether the leaves themselves are needed later, not only their root
   * @param most lists kept at once; the one kept longest gives way
   */
  LeafLists(DrawLedger ledger, boolean keepLeaves, int most) {
    this.ledger = ledger;
    this.keepLeaves = keepLeaves;
    this.most = most;
  }

  /** The list computed from fetched leaves; empty when they are not fetched. */
  Optional<DrawView.Closing> closing(DrawRef draw) {
    return Optional.ofNullable(lists.get(draw)).map(Fetched::closing);
  }

  /** The leaves fetched, in ledger order; empty when there are none or they are not kept. */
  List<byte[]> leaves(DrawRef draw) {
    Fetched fetched = lists.get(draw);
    return fetched == null ? List.of() : fetched.leaves;
  }

  void forget(DrawRef draw) {
    lists.remove(draw);
  }

  /** Fetches all; true when they are there. */
  CompletableFuture<Boolean> fetch(DrawRef draw, long size) {
    return fetch(draw, size, new Fetched());
  }

  private CompletableFuture<Boolean> fetch(DrawRef draw, long size, Fetched fetched) {
    if (fetched.tree.size() >= size) {
      lists.remove(draw);
      lists.put(draw, fetched);
      if (lists.size() > most) {
        lists.remove(lists.keySet().iterator().next());
      }
      return CompletableFuture.completedFuture(true);
    }
    LotteryQuery query = new LotteryQuery.Leaves(draw, fetched.tree.size(), PAGE);
    return ask(ledger, query, LotteryAnswer.LeavesFound.class)
        .thenCompose(
            page -> {
              if (page.isEmpty()
                  || page.get().from() != fetched.tree.size()
                  || page.get().leaves().isEmpty()) {
                return CompletableFuture.completedFuture(false);
              }
              for (Octets leaf : page.get().leaves()) {
                fetched.add(leaf.toBytes(), keepLeaves);
              }
              return fetch(draw, size, fetched);
            });
  }

  /** Asks; empty for no answer and for any other answer than the one expected. */
  static <A extends LotteryAnswer> CompletableFuture<Optional<A>> ask(
      DrawLedger ledger, LotteryQuery query, Class<A> expected) {
    return ledger
        .ask(query.actorKey(), query.encode())
        .thenApply(answer -> answer.flatMap(bytes -> decoded(bytes, query, expected)));
  }

  private static <A> Optional<A> decoded(byte[] bytes, LotteryQuery query, Class<A> expected) {
    try {
      LotteryAnswer answer = LotteryAnswer.decode(bytes);
      if (expected.isInstance(answer)) {
        return Optional.of(expected.cast(answer));
      }
      log.debug("{} was answered {}", query, answer);
    } catch (MalformedMessage malformed) {
      log.warn("the answer to {} could not be read: {}", query, malformed.getMessage());
    }
    return Optional.empty();
  }

  private static final class Fetched {
    private final MerkleTree tree = new MerkleTree();
    private final List<byte[]> leaves = new ArrayList<>();

    void add(byte[] leaf, boolean keep) {
      tree.add(leaf);
      if (keep) {
        leaves.add(leaf);
      }
    }

    DrawView.Closing closing() {
      return new DrawView.Closing(tree.size(), tree.root());
    }
  }
}
