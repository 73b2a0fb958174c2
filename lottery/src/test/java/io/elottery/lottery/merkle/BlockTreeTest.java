package io.elottery.lottery.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockTreeTest {
  private final List<BlockTree.Leaf> all = new ArrayList<>();

  @Test
  void rootIsThatOfThePlainTree_alsoWrittenAndReadBetween() throws Exception {
    MerkleTree plain = new MerkleTree();
    BlockTree tree = new BlockTree();
    for (int i = 0; i < 1_100; i++) {
      assertThat(tree.root()).as("%d leaves", i).isEqualTo(plain.root());
      plain.addHash(leaf(i));
      tree.add(3L * i, leaf(i));
      if (i % 50 == 0) {
        tree = again(tree);
      }
    }
    assertThat(tree.size()).isEqualTo(1_100);
  }

  @Test
  void everyLeafIsProvedInEveryFormerSizeThatHadIt() {
    int most = 1_100;
    BlockTree tree = new BlockTree();
    List<byte[]> roots = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      roots.add(tree.root());
      tree.add(3L * i, leaf(i));
    }
    Random random = new Random(5);
    for (int round = 0; round < 400; round++) {
      int index = random.nextInt(most);
      int size = random.nextInt(most);
      var proof = tree.proof(3L * index, size, this::between);
      assertThat(proof.isPresent()).as("%d of %d", index, size).isEqualTo(index < size);
      proof.ifPresent(
          it -> {
            assertThat(it.index()).isEqualTo(index);
            assertThat(it.proves(bytes(index), roots.get(size))).isTrue();
            assertThat(it.proves(bytes(index + 1), roots.get(size))).isFalse();
          });
    }
    assertThat(tree.proof(4, 700, this::between)).as("no leaf has this key").isEmpty();
    assertThat(tree.proof(-1, 700, this::between)).isEmpty();
  }

  @Test
  void whereLeavesBesideItAreForgottenNothingIsProvedWrongly() {
    BlockTree tree = new BlockTree();
    for (int i = 0; i < 600; i++) {
      tree.add(3L * i, leaf(i));
    }
    all.remove(10);

    assertThat(tree.proof(3, 600, this::between)).isEmpty();
    assertThat(tree.proof(3 * 300, 600, this::between)).isPresent();
  }

  private List<BlockTree.Leaf> between(long from, long to) {
    return all.stream().filter(leaf -> leaf.key() >= from && leaf.key() < to).toList();
  }

  private static byte[] bytes(int i) {
    return new byte[] {(byte) (i >> 8), (byte) i};
  }

  private byte[] leaf(int i) {
    byte[] hash = MerkleTree.leafHash(bytes(i));
    if (all.size() == i) {
      all.add(new BlockTree.Leaf(3L * i, hash));
    }
    return hash;
  }

  private static BlockTree again(BlockTree tree) throws Exception {
    WireWriter out = new WireWriter();
    tree.write(out);
    WireReader in = new WireReader(out.toBytes());
    BlockTree again = BlockTree.read(in);
    in.done();
    return again;
  }
}
