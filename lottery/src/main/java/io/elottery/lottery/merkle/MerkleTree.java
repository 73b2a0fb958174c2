package io.elottery.lottery.merkle;

import io.elottery.foundation.hash.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree hash of a list that grows (RFC 6962 §2.1): the root of any list is computed with
 * one hash a leaf and memory for its logarithm. Not thread-safe.
 */
public final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  // One root for each bit set in size, the largest complete subtree first.
  private final List<byte[]> complete = new ArrayList<>();
  private long size;

  /** The hash of one leaf: SHA-256(0x00 ‖ leaf). */
  public static byte[] leafHash(byte[] leaf) {
    return Sha256.of(LEAF, leaf);
  }

  /** The hash of two subtrees: SHA-256(0x01 ‖ left ‖ right). */
  static byte[] nodeHash(byte[] left, byte[] right) {
    return Sha256.of(NODE, left, right);
  }

  /** The root over these leaves. */
  public static byte[] rootOf(List<byte[]> leaves) {
    MerkleTree tree = new MerkleTree();
    leaves.forEach(tree::add);
    return tree.root();
  }

  /** The root over leaves of which only the hashes are known. */
  public static byte[] rootOfHashes(List<byte[]> leafHashes) {
    MerkleTree tree = new MerkleTree();
    leafHashes.forEach(tree::addHash);
    return tree.root();
  }

  /** Appends a leaf. */
  public void add(byte[] leaf) {
    addHash(leafHash(leaf));
  }

  /** Appends a leaf by its {@link #leafHash}. */
  public void addHash(byte[] leafHash) {
    byte[] hash = leafHash.clone();
    for (long carry = size; (carry & 1) == 1; carry >>>= 1) {
      hash = nodeHash(complete.remove(complete.size() - 1), hash);
    }
    complete.add(hash);
    size++;
  }

  /** The roots of its complete subtrees, the largest first: with the size they are all of it. */
  public List<byte[]> subtrees() {
    return List.copyOf(complete);
  }

  /**
   * The tree again.
   *
   * @param subtrees as {@link #subtrees} told them
   */
  public static MerkleTree of(long size, List<byte[]> subtrees) {
    if (subtrees.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(subtrees.size() + " subtrees of " + size + " leaves");
    }
    MerkleTree tree = new MerkleTree();
    tree.complete.addAll(subtrees);
    tree.size = size;
    return tree;
  }

  /** How many leaves there are. */
  public long size() {
    return size;
  }

  /** The root now, 32 bytes; of the empty tree SHA-256 of nothing. */
  public byte[] root() {
    if (complete.isEmpty()) {
      return Sha256.of();
    }
    byte[] root = complete.get(complete.size() - 1);
    for (int i = complete.size() - 2; i >= 0; i--) {
      root = nodeHash(complete.get(i), root);
    }
    return root.clone();
  }
}
