package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.netty.PlainConnection;
import io.elottery.deploy.bench.netty.PlainTcp;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Sends commands to whoever writes among {@link BareRaftServer}s, as a process of its own. */
public final class BareRaftCaller {
  private static final Duration ELECTION = Duration.ofMillis(100);

  private final NodeLoop loop;
  private final PlainConnection[] servers;
  private final byte[] rest;
  private final Map<Long, Sent> sent = new HashMap<>();
  private int writer;
  private long next;

  private record Sent(long began, UnderWay all) {}

  private BareRaftCaller(NodeLoop loop, int servers, int commandBytes) {
    this.loop = loop;
    this.servers = new PlainConnection[servers];
    this.rest = new byte[commandBytes];
  }

  /**
   * Connects, and runs what its input says.
   *
   * @param args bytes of a command, the servers' ports
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int count = args.length - 1;
    NodeLoop loop =
        new NodeLoop(
            "caller",
            new SystemTime(),
            100_000,
            FaultTable.standard().handler(() -> {}, () -> Runtime.getRuntime().halt(1)));
    BareRaftCaller caller = new BareRaftCaller(loop, count, Integer.parseInt(args[0]));
    try (PlainTcp tcp = new PlainTcp();
        LoopThread thread = new LoopThread("caller", loop)) {
      thread.start();
      CountDownLatch dialled = new CountDownLatch(count);
      for (int i = 0; i < count; i++) {
        int place = i;
        tcp.dial(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[i + 1])),
            envelope -> loop.post(() -> caller.received(envelope)),
            connection ->
                loop.post(
                    () -> {
                      caller.servers[place] = connection;
                      dialled.countDown();
                    }),
            () -> {});
      }
      dialled.await();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      UnderWay.serve(in, System.out, loop, all -> caller.send(new Sent(System.nanoTime(), all)));
    }
  }

  private void send(Sent command) {
    long number = next++;
    sent.put(number, command);
    byte[] body = new WireWriter(Long.BYTES + rest.length).i64(number).raw(rest).toBytes();
    servers[writer].send(new Envelope(BareRaftServer.COMMAND, 1, body));
  }

  private void received(Envelope envelope) {
    try {
      WireReader in = new WireReader(envelope.body());
      if (envelope.kind() == BareRaftServer.COMMITTED) {
        for (int left = in.u16(); left > 0; left--) {
          Sent command = sent.remove(in.i64());
          command.all().ended(command.began(), null);
        }
      } else {
        again(sent.remove(in.i64()), in.u8());
      }
    } catch (MalformedMessage malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private void again(Sent command, int at) {
    if (at < servers.length) {
      writer = at;
    }
    loop.after(ELECTION, () -> send(command));
  }
}
