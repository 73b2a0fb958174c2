package io.elottery.deploy.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a server of this machine whether it is ready. */
final class Probe {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final String READY = "";

  private Probe() {}

  /** What the server waits for; empty when it is ready. */
  static String waitsFor(Server server) {
    if (server.kind() == Server.Kind.CUTS) {
      // It has no address of its own; who is behind it is not ready before it is.
      return READY;
    }
    try {
      return server.address("admin").isPresent()
          ? readyz("http://" + server.address("admin").get() + "/readyz")
          : connects(server);
    } catch (IOException notYet) {
      return "starting";
    }
  }

  private static String readyz(String url) throws IOException {
    HttpURLConnection call = (HttpURLConnection) URI.create(url).toURL().openConnection();
    call.setConnectTimeout(PATIENCE_MILLIS);
    call.setReadTimeout(PATIENCE_MILLIS);
    if (call.getResponseCode() == 200) {
      return READY;
    }
    try (InputStream in = call.getErrorStream()) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.endsWith(": ok"))
          .reduce((a, b) -> a + ", " + b)
          .orElse("not ready");
    }
  }

  private static String connects(Server server) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(server.mainAddress().host(), server.mainAddress().port()),
          PATIENCE_MILLIS);
      return READY;
    }
  }
}
