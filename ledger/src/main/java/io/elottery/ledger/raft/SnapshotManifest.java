package io.elottery.ledger.raft;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first chunk of a snapshot: the SHA-256 of each that follows, so that a replica asks only for
 * those that it has not. Layout: {@code docs/formats/ledger.md}.
 *
 * @param sums in the chunks' order, 32 bytes each; never changed
 */
record SnapshotManifest(List<ByteBuffer> sums) {
  private static final byte[] MAGIC = {'E', 'L', 'S', 'M'};
  private static final int VERSION = 1;

  SnapshotManifest {
    sums = List.copyOf(sums);
  }

  byte[] encode() {
    WireWriter out = new WireWriter(16 + Sha256.LENGTH * sums.size()).raw(MAGIC).u8(VERSION);
    out.varint(sums.size());
    sums.forEach(sum -> out.raw(sum.array()));
    return out.toBytes();
  }

  /** Empty when the chunk is none: in snapshots of before there was none. */
  static Optional<SnapshotManifest> decode(byte[] chunk) {
    try {
      WireReader in = new WireReader(chunk);
      if (!Arrays.equals(in.raw(MAGIC.length), MAGIC) || in.u8() != VERSION) {
        return Optional.empty();
      }
      List<ByteBuffer> sums = new ArrayList<>();
      for (int left = in.count(EntryCodec.CHUNKS_MAX); left > 0; left--) {
        sums.add(ByteBuffer.wrap(in.raw(Sha256.LENGTH)));
      }
      in.done();
      return Optional.of(new SnapshotManifest(sums));
    } catch (MalformedMessage none) {
      return Optional.empty();
    }
  }
}
