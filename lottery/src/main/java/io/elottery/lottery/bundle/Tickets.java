package io.elottery.lottery.bundle;

import io.elottery.lottery.merkle.MerkleTree;
import java.util.List;

/** The tickets of a bundle: their leaves, or, when they are many, only the leaves' hashes. */
public sealed interface Tickets {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each form. */
  interface Cases<R> {
    R leaves(List<byte[]> leaves);

    R hashes(List<byte[]> leafHashes, String leavesUrl);
  }

  /** The leaves, or their hashes when they are more than {@link Bundle#LEAVES_MAX}. */
  static Tickets of(List<byte[]> leaves, String leavesUrl) {
    return leaves.size() <= Bundle.LEAVES_MAX
        ? new Leaves(leaves)
        : new Hashes(leaves.stream().map(MerkleTree::leafHash).toList(), leavesUrl);
  }

  /** How many tickets. */
  default long count() {
    return match(
        new Cases<>() {
          @Override
          public Long leaves(List<byte[]> leaves) {
            return (long) leaves.size();
          }

          @Override
          public Long hashes(List<byte[]> leafHashes, String leavesUrl) {
            return (long) leafHashes.size();
          }
        });
  }

  /** The root of the tree over the leaves, 32 bytes. */
  default byte[] root() {
    return match(
        new Cases<>() {
          @Override
          public byte[] leaves(List<byte[]> leaves) {
            return MerkleTree.rootOf(leaves);
          }

          @Override
          public byte[] hashes(List<byte[]> leafHashes, String leavesUrl) {
            return MerkleTree.rootOfHashes(leafHashes);
          }
        });
  }

  /** Every leaf's bytes, in ledger order; not to be changed. */
  record Leaves(List<byte[]> leaves) implements Tickets {
    /** Copies the list. */
    public Leaves {
      leaves = List.copyOf(leaves);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leaves(leaves);
    }
  }

  /**
   * Above {@link Bundle#LEAVES_MAX} tickets.
   *
   * @param leafHashes 32 bytes each, in ledger order; not to be changed
   * @param leavesUrl where the leaves are
   */
  record Hashes(List<byte[]> leafHashes, String leavesUrl) implements Tickets {
    /** Copies the list. */
    public Hashes {
      leafHashes = List.copyOf(leafHashes);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hashes(leafHashes, leavesUrl);
    }
  }
}
