package io.elottery.lottery.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.lottery.canonical.BytesText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  // The reference vectors of RFC 6962's own implementation (certificate-transparency).
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void rootAfterEachLeaf_isTheReference() {
    MerkleTree tree = new MerkleTree();

    for (int size = 0; size <= LEAVES.size(); size++) {
      assertThat(BytesText.hex(tree.root())).as("size %d", size).isEqualTo(ROOTS.get(size));
      assertThat(tree.size()).isEqualTo(size);
      if (size < LEAVES.size()) {
        tree.add(BytesText.fromHex(LEAVES.get(size)).orElseThrow());
      }
    }
  }

  @Test
  void everyLeafOfEverySize_isProvedAndNoOther() {
    for (int size = 1; size <= 33; size++) {
      List<byte[]> leaves = IntStream.range(0, size).mapToObj(i -> new byte[] {(byte) i}).toList();
      List<byte[]> hashes = leaves.stream().map(MerkleTree::leafHash).toList();
      byte[] root = MerkleTree.rootOf(leaves);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.of(hashes, index);
        assertThat(proof.proves(leaves.get(index), root)).as("%d of %d", index, size).isTrue();
        assertThat(proof.proves(new byte[] {99}, root)).isFalse();
        InclusionProof moved = new InclusionProof((index + 1) % size, size, proof.path());
        assertThat(moved.proves(leaves.get(index), root)).isEqualTo(size == 1);
      }
    }
  }

  @Test
  void pathThatIsTooLongOrTooShort_provesNothing() {
    List<byte[]> leaves = IntStream.range(0, 5).mapToObj(i -> new byte[] {(byte) i}).toList();
    byte[] root = MerkleTree.rootOf(leaves);
    InclusionProof proof = InclusionProof.of(leaves.stream().map(MerkleTree::leafHash).toList(), 2);
    List<byte[]> longer = new ArrayList<>(proof.path());
    longer.add(new byte[32]);

    assertThat(new InclusionProof(2, 5, longer).proves(leaves.get(2), root)).isFalse();
    assertThat(new InclusionProof(2, 5, proof.path().subList(0, 2)).proves(leaves.get(2), root))
        .isFalse();
  }

  @Test
  void leafOutsideTheTree_hasNoProof() {
    assertThatThrownBy(() -> InclusionProof.of(List.of(new byte[32]), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
