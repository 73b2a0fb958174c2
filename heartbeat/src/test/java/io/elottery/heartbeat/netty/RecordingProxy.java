package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between two servers and keeps every byte of each direction of each connection. */
final class RecordingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final Address target;
  private final List<ByteArrayOutputStream> flows = new CopyOnWriteArrayList<>();
  private final List<OutputStream> ends = new CopyOnWriteArrayList<>(); // one for each flow
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  RecordingProxy(Address target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  Address address() {
    return new Address("127.0.0.1", listener.getLocalPort());
  }

  /** What crossed, one array for each direction of each connection. */
  List<byte[]> flows() {
    return flows.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  /** Puts bytes into a flow that is idle, after what crossed already. */
  void inject(int flow, byte[] bytes) throws IOException {
    ends.get(flow).write(bytes);
  }

  /** Breaks every connection that is open now. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
      sockets.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(target.host(), target.port());
        sockets.addAll(List.of(near, far));
        join(near, far);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void join(Socket near, Socket far) {
    try {
      pump(near, far);
      pump(far, near);
    } catch (IOException cut) {
      // Already broken; the next one is another matter.
    }
  }

  private void pump(Socket from, Socket to) throws IOException {
    ByteArrayOutputStream flow = new ByteArrayOutputStream();
    ends.add(to.getOutputStream());
    flows.add(flow);
    daemon(
        () -> {
          byte[] buffer = new byte[8192];
          try (InputStream in = from.getInputStream();
              OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
              flow.write(buffer, 0, read);
              out.write(buffer, 0, read);
            }
          } catch (IOException closed) {
            // Either end has gone.
          }
        });
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
