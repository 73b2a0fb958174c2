package io.elottery.lottery.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * That one leaf is in a tree of that size and root (RFC 6962 §2.1.1): its siblings, lowest first.
 *
 * @param index of the leaf, {@code 0 <= index < size}
 * @param size leaves of the tree
 * @param path hashes of 32 bytes; not to be changed
 */
public record InclusionProof(long index, long size, List<byte[]> path) {
  /** Checks the range and copies the list. */
  public InclusionProof {
    path = List.copyOf(path);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("leaf " + index + " of " + size + ": no such leaf");
    }
  }

  /** The proof of one leaf, from the hashes of all. */
  public static InclusionProof of(List<byte[]> leafHashes, int index) {
    List<byte[]> path = new ArrayList<>();
    if (index >= 0 && index < leafHashes.size()) {
      collect(leafHashes, index, path);
    }
    return new InclusionProof(index, leafHashes.size(), path);
  }

  // PATH(m, D[n]): the path in the half that holds the leaf, then the other half's root.
  private static void collect(List<byte[]> hashes, int index, List<byte[]> path) {
    if (hashes.size() == 1) {
      return;
    }
    int half = Integer.highestOneBit(hashes.size() - 1);
    List<byte[]> left = hashes.subList(0, half);
    List<byte[]> right = hashes.subList(half, hashes.size());
    if (index < half) {
      collect(left, index, path);
      path.add(MerkleTree.rootOfHashes(right));
    } else {
      collect(right, index - half, path);
      path.add(MerkleTree.rootOfHashes(left));
    }
  }

  /** Whether this leaf stands at the index in the tree with this root. */
  public boolean proves(byte[] leaf, byte[] root) {
    return root(leaf).filter(of -> Arrays.equals(of, root)).isPresent();
  }

  /**
   * The root of the tree in which this leaf stands at the index (RFC 9162 §2.1.3.2).
   *
   * @return empty when the path is too long or too short for that
   */
  public Optional<byte[]> root(byte[] leaf) {
    byte[] hash = MerkleTree.leafHash(leaf);
    long at = index;
    long last = size - 1;
    for (byte[] sibling : path) {
      if (last == 0) {
        return Optional.empty();
      }
      if ((at & 1) == 1 || at == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        while ((at & 1) == 0 && at != 0) {
          at >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return last == 0 ? Optional.of(hash) : Optional.empty();
  }
}
