package io.elottery.lottery.merkle;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Merkle tree (RFC 6962 §2.1) of a list that grows for ever, which can still prove every leaf
 * in each of its former sizes. It remembers one root for each {@value #BLOCK} leaves; the leaves of
 * the one or two blocks that a proof needs are told by whoever has what they are made from. Not
 * thread-safe.
 */
public final class BlockTree {
  /** Leaves of a block; a power of two, so that the blocks' tree has the shape of the leaves'. */
  public static final int BLOCK = 256;

  private static final int BLOCKS_MAX = 1 << 24;
  private static final int HASH_BYTES = 32;

  /**
   * A leaf as it was added.
   *
   * @param key ascends from leaf to leaf
   * @param hash {@link MerkleTree#leafHash}
   */
  public record Leaf(long key, byte[] hash) {}

  /** Where the leaves of a block are found again; a port. */
  @FunctionalInterface
  public interface Leaves {
    /** Those with {@code from <= key < to}, ascending; fewer when some are forgotten. */
    List<Leaf> between(long from, long to);
  }

  private final List<byte[]> roots = new ArrayList<>(); // of whole blocks
  private final List<Long> firsts =
      new ArrayList<>(); // each block's first key, also the open one's
  private MerkleTree whole = new MerkleTree(); // over the roots
  private MerkleTree open = new MerkleTree(); // the leaves after them, fewer than a block

  /** How many leaves there are. */
  public long size() {
    return (long) BLOCK * roots.size() + open.size();
  }

  /** Appends a leaf; its key is larger than all before. */
  public void add(long key, byte[] leafHash) {
    if (open.size() == 0) {
      firsts.add(key);
    }
    open.addHash(leafHash);
    if (open.size() == BLOCK) {
      byte[] root = open.root();
      roots.add(root);
      whole.addHash(root);
      open = new MerkleTree();
    }
  }

  /** The root now, 32 bytes. */
  public byte[] root() {
    if (roots.isEmpty()) {
      return open.root();
    }
    if (open.size() == 0) {
      return whole.root();
    }
    MerkleTree all = MerkleTree.of(whole.size(), whole.subtrees());
    all.addHash(open.root());
    return all.root();
  }

  /**
   * That the leaf with this key was in the tree when it had that size.
   *
   * @return empty when it was not, or when too many of the leaves beside it are forgotten
   */
  public Optional<InclusionProof> proof(long key, long size, Leaves leaves) {
    int block = block(key);
    if (block < 0 || size < 1 || size > size() || (long) BLOCK * block >= size) {
      return Optional.empty();
    }
    int last = (int) ((size - 1) / BLOCK);
    Optional<List<Leaf>> beside = leaves(block, size, leaves);
    Optional<byte[]> lastRoot = root(last, size, leaves);
    OptionalInt at = beside.map(them -> index(them, key)).orElse(OptionalInt.empty());
    if (at.isEmpty() || lastRoot.isEmpty()) {
      return Optional.empty();
    }
    List<byte[]> above = new ArrayList<>(roots.subList(0, last));
    above.add(lastRoot.get());
    List<byte[]> hashes = beside.get().stream().map(Leaf::hash).toList();
    List<byte[]> path = new ArrayList<>(InclusionProof.of(hashes, at.getAsInt()).path());
    path.addAll(InclusionProof.of(above, block).path());
    return Optional.of(new InclusionProof((long) BLOCK * block + at.getAsInt(), size, path));
  }

  private int block(long key) {
    int found = Collections.binarySearch(firsts, key);
    return found >= 0 ? found : -found - 2;
  }

  private static OptionalInt index(List<Leaf> leaves, long key) {
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i).key() == key) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  // As many of the block as there were then; only when they are all there, and the same.
  private Optional<List<Leaf>> leaves(int block, long size, Leaves leaves) {
    long to = block + 1 < firsts.size() ? firsts.get(block + 1) : Long.MAX_VALUE;
    List<Leaf> found = leaves.between(firsts.get(block), to);
    MerkleTree again = new MerkleTree();
    found.forEach(leaf -> again.addHash(leaf.hash()));
    byte[] root = block < roots.size() ? roots.get(block) : open.root();
    return Arrays.equals(root, again.root())
        ? Optional.of(found.subList(0, within(block, size, found.size())))
        : Optional.empty();
  }

  private static int within(int block, long size, int of) {
    return (int) Math.min(of, size - (long) BLOCK * block);
  }

  private Optional<byte[]> root(int block, long size, Leaves leaves) {
    return block < roots.size() && within(block, size, BLOCK) == BLOCK
        ? Optional.of(roots.get(block))
        : leaves(block, size, leaves)
            .map(them -> MerkleTree.rootOfHashes(them.stream().map(Leaf::hash).toList()));
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    out.varint(roots.size());
    for (int i = 0; i < roots.size(); i++) {
      first(out, i);
      out.raw(roots.get(i));
    }
    out.varint(open.size());
    if (open.size() > 0) {
      first(out, roots.size());
      open.subtrees().forEach(out::raw);
    }
  }

  private void first(WireWriter out, int block) {
    out.varint(firsts.get(block) - (block == 0 ? 0 : firsts.get(block - 1)));
  }

  /** Reads what {@link #write} wrote. */
  public static BlockTree read(WireReader in) throws MalformedMessage {
    BlockTree tree = new BlockTree();
    for (int left = in.count(BLOCKS_MAX); left > 0; left--) {
      tree.readFirst(in);
      byte[] root = in.raw(HASH_BYTES);
      tree.roots.add(root);
      tree.whole.addHash(root);
    }
    int size = in.count(BLOCK - 1);
    if (size > 0) {
      tree.readFirst(in);
      List<byte[]> subtrees = new ArrayList<>();
      for (int left = Integer.bitCount(size); left > 0; left--) {
        subtrees.add(in.raw(HASH_BYTES));
      }
      tree.open = MerkleTree.of(size, subtrees);
    }
    return tree;
  }

  private void readFirst(WireReader in) throws MalformedMessage {
    firsts.add((firsts.isEmpty() ? 0 : firsts.get(firsts.size() - 1)) + in.varint());
  }
}
