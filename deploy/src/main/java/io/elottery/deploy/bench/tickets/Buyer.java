package io.elottery.deploy.bench.tickets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One connection of {@link Buyers}. Reads as much of HTTP as our gateway answers with. */
final class Buyer {
  private static final int ANSWER_MAX = 16 << 10;
  private static final int STATUS_AT = 9;
  private static final String LENGTH = "content-length:";

  private final Purchase purchase;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(ANSWER_MAX);
  private long[] times = new long[1024];
  private int count;
  private long refused;
  private String refusal = "";
  private long asked; // nanoseconds; the first time with this key
  private boolean waits;
  private boolean lost;

  Buyer(Selector selector, InetSocketAddress at, Purchase purchase) throws IOException {
    this.purchase = purchase;
    this.channel = SocketChannel.open(at);
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  boolean waits() {
    return waits;
  }

  long[] times() {
    return Arrays.copyOf(times, count);
  }

  long refused() {
    return refused;
  }

  String refusal() {
    return refusal;
  }

  void forget() {
    count = 0;
    refused = 0;
    refusal = "";
  }

  void begin() throws IOException {
    if (!waits && !lost) {
      asked = System.nanoTime();
      send(purchase.next());
    }
  }

  void readable(boolean again) throws IOException {
    int read;
    try {
      read = channel.read(in);
    } catch (IOException reset) {
      read = -1;
    }
    if (read < 0) {
      lose("connection lost");
      return;
    }
    int status = complete();
    if (status == 0) {
      return;
    }
    waits = false;
    String text = status == 200 || status == 201 || status == 202 ? "" : text();
    in.clear();
    if (status == 202) {
      send(purchase.same());
      return;
    }
    long now = System.nanoTime();
    if (text.isEmpty()) {
      if (count == times.length) {
        times = Arrays.copyOf(times, count * 2);
      }
      times[count++] = now - asked;
    } else {
      refused++;
      refusal = text;
    }
    if (again) {
      asked = now;
      send(purchase.next());
    }
  }

  private String text() {
    return new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
  }

  // The status once all of the answer is there, else 0.
  private int complete() {
    byte[] bytes = in.array();
    int end = in.position();
    int head = -1;
    for (int i = STATUS_AT; i + 3 < end && head < 0; i++) {
      if (bytes[i] == '\r' && bytes[i + 2] == '\r') {
        head = i + 4;
      }
    }
    if (head < 0) {
      return 0;
    }
    String lines = new String(bytes, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int at = lines.indexOf(LENGTH);
    int length =
        at < 0
            ? 0
            : Integer.parseInt(
                lines.substring(at + LENGTH.length(), lines.indexOf('\r', at)).strip());
    return end < head + length ? 0 : Integer.parseInt(lines.substring(STATUS_AT, STATUS_AT + 3));
  }

  private void send(ByteBuffer request) throws IOException {
    waits = true;
    try {
      while (request.hasRemaining()) {
        channel.write(request); // A request of some hundred bytes fits any socket's buffer.
      }
    } catch (IOException closed) {
      lose("connection lost");
    }
  }

  private void lose(String why) throws IOException {
    waits = false;
    lost = true;
    refused++;
    refusal = why;
    channel.close();
  }

  void close() throws IOException {
    channel.close();
  }
}
