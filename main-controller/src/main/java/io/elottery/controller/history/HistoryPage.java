package io.elottery.controller.history;

import io.elottery.controller.peers.MainKinds;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.history.HealthBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Some buckets that were asked for, the oldest first.
 *
 * @param next from where to ask on; not before {@code to} when there is no more
 */
record HistoryPage(List<HealthBucket> buckets, Instant next) {
  /** Bytes of one page at most, but for its last bucket. */
  static final int BYTES_MAX = 512 << 10;

  /** Buckets of one page at most. */
  static final int BUCKETS_MAX = 512;

  HistoryPage {
    buckets = List.copyOf(buckets);
  }

  Envelope envelope() {
    WireWriter out = new WireWriter(1024);
    out.i64(next.getEpochSecond()).varint(buckets.size());
    buckets.forEach(bucket -> out.bytes(bucket.toBytes()));
    return new Envelope(MainKinds.HISTORY_PAGE, MainKinds.VERSION, out.toBytes());
  }

  static HistoryPage parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    Instant next = Instant.ofEpochSecond(in.i64());
    List<HealthBucket> buckets = new ArrayList<>();
    for (int i = in.count(BUCKETS_MAX); i > 0; i--) {
      buckets.add(HealthBucket.parse(in.bytes()));
    }
    in.done();
    return new HistoryPage(buckets, next);
  }
}
