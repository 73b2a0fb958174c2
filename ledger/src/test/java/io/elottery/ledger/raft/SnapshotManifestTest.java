package io.elottery.ledger.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.Fuzz;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotManifestTest {
  private static final SnapshotManifest MANIFEST =
      new SnapshotManifest(
          List.of(ByteBuffer.wrap(Sha256.of()), ByteBuffer.wrap(Sha256.of(new byte[] {1}))));

  @Test
  void itsBytesAreTheseForGood() {
    assertThat(HexFormat.of().formatHex(MANIFEST.encode()))
        .isEqualTo(
            "454c534d0102"
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                + "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a");
    assertThat(SnapshotManifest.decode(MANIFEST.encode())).contains(MANIFEST);
  }

  @Test
  void bytesThatAreNoManifestAreNone() {
    Fuzz.check(
        MANIFEST.encode(),
        bytes -> {
          if (SnapshotManifest.decode(bytes).isEmpty()) {
            throw new MalformedMessage("not a manifest");
          }
        });
  }
}
