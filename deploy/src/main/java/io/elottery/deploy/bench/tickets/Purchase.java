package io.elottery.deploy.bench.tickets;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The bytes of one purchase after the other: players take turns, each with a key of its own. */
final class Purchase {
  private static final String BODY = "{\"lines\":[{\"main\":[3,14,15,26,53],\"bonus\":[9]}]}";
  private static final int COUNTER_DIGITS = 12;

  private final ByteBuffer[] requests;
  private final int[] keyAt;
  private int next;
  private long counter;

  Purchase(URI site, List<Player> players) {
    this.requests = new ByteBuffer[players.size()];
    this.keyAt = new int[players.size()];
    String key = UUID.randomUUID().toString().substring(0, 20);
    for (int i = 0; i < requests.length; i++) {
      String head =
          "POST /api/v1/draws/%s/tickets HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n"
                  .formatted(
                      players.get(i).draw(), site.getHost(), site.getPort(), players.get(i).token())
              + "Content-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\nIdempotency-Key: "
              + key;
      keyAt[i] = head.length();
      String all = head + "0".repeat(COUNTER_DIGITS) + "\r\n\r\n" + BODY;
      requests[i] = ByteBuffer.wrap(all.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** A new one. */
  ByteBuffer next() {
    next = (next + 1) % requests.length;
    counter++;
    byte[] bytes = requests[next].array();
    long rest = counter;
    for (int at = keyAt[next] + COUNTER_DIGITS - 1; at >= keyAt[next]; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return same();
  }

  /** The last one again. */
  ByteBuffer same() {
    return requests[next].clear();
  }
}
