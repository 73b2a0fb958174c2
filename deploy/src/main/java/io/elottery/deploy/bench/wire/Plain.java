package io.elottery.deploy.bench.wire;

import io.elottery.deploy.bench.netty.PlainConnection;
import io.elottery.deploy.bench.netty.PlainTcp;
import io.elottery.foundation.wire.Envelope;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The yardstick: the same framing over bare TCP. */
final class Plain implements Kind {
  @Override
  public String name() {
    return "plain TCP";
  }

  @Override
  public Wire open(boolean urgent, Consumer<Envelope> atListener, Consumer<Envelope> atDialler)
      throws IOException {
    PlainTcp tcp = new PlainTcp();
    CompletableFuture<PlainConnection> accepted = new CompletableFuture<>();
    CompletableFuture<PlainConnection> dialled = new CompletableFuture<>();
    tcp.accepting(atListener, accepted::complete);
    tcp.dial(atDialler, dialled::complete, () -> {});
    return new PlainWire(tcp, Patience.await(dialled), Patience.await(accepted));
  }

  @Override
  public Stop redial(int lines, Runnable connected) throws IOException {
    PlainTcp tcp = new PlainTcp();
    for (int i = 0; i < lines; i++) {
      dialAgain(tcp, connected);
    }
    return tcp::close;
  }

  private static void dialAgain(PlainTcp tcp, Runnable connected) {
    tcp.dial(
        envelope -> {},
        connection -> {
          connected.run();
          connection.close();
        },
        () -> dialAgain(tcp, connected));
  }

  private record PlainWire(PlainTcp tcp, PlainConnection dialled, PlainConnection accepted)
      implements Wire {
    @Override
    public boolean send(Envelope envelope) {
      return dialled.send(envelope);
    }

    @Override
    public boolean answer(Envelope envelope) {
      return accepted.send(envelope);
    }

    @Override
    public void close() {
      tcp.close();
    }
  }
}
