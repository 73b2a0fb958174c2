package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads a captured flow record by record, as RFC 8446 §5.1 lays them out. */
final class TlsRecords {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;

  private TlsRecords() {}

  /** Checks that the flow is whole TLS 1.3 records and that the marker is nowhere in it. */
  static void check(byte[] flow, String marker) {
    assertThat(new String(flow, StandardCharsets.ISO_8859_1)).doesNotContain(marker);
    int at = 0;
    int records = 0;
    while (at + 5 <= flow.length) {
      int type = flow[at] & 0xff;
      int version = (flow[at + 1] & 0xff) << 8 | (flow[at + 2] & 0xff);
      int length = (flow[at + 3] & 0xff) << 8 | (flow[at + 4] & 0xff);
      assertThat(type)
          .as("record type at %d", at)
          .isIn(Set.of(CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA));
      // 0x0301 only for the first hello (§5.1); the real version is in the hello's extension.
      assertThat(version).isIn(records == 0 ? Set.of(0x0301, 0x0303) : Set.of(0x0303));
      assertThat(length).isLessThanOrEqualTo(16384 + 256);
      if (type == HANDSHAKE && at + 5 < flow.length) {
        // In TLS 1.3 only the hellos are in clear.
        assertThat(flow[at + 5] & 0xff).isIn(Set.of(CLIENT_HELLO, SERVER_HELLO));
        assertThat(indexOf(flow, at, length, 0x00, 0x2b))
            .as("supported_versions in the hello")
            .isTrue();
      }
      at += 5 + length;
      records++;
    }
    assertThat(records).isGreaterThan(1);
  }

  private static boolean indexOf(byte[] flow, int from, int length, int first, int second) {
    for (int i = from; i < Math.min(flow.length, from + 5 + length) - 4; i++) {
      if (flow[i] == first && flow[i + 1] == second) {
        // Followed by the list or the choice, which names 0x0304.
        for (int j = i + 2; j < Math.min(i + 12, flow.length - 1); j++) {
          if (flow[j] == 0x03 && flow[j + 1] == 0x04) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
