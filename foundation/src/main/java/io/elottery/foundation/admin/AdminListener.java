package io.elottery.foundation.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.metrics.ProcessMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /livez}, {@code /readyz} and {@code /metrics} over plain HTTP, to its own machine
 * only: it listens on loopback whatever it is told, and carries no secret.
 *
 * <p>Requests are answered one at a time on the listener's own thread.
 */
public final class AdminListener implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(AdminListener.class);
  private static final int BACKLOG = 16;

  private final Address listen;
  private final Readiness readiness;
  private final ProcessMetrics metrics;
  private @Nullable HttpServer server;

  /**
   * @param listen host must be a loopback address; port 0 picks a free one
   */
  public AdminListener(Address listen, Readiness readiness, ProcessMetrics metrics) {
    this.listen = listen;
    this.readiness = readiness;
    this.metrics = metrics;
  }

  /**
   * Opens the port.
   *
   * @throws UncheckedIOException when the port is taken or the host is not this machine's loopback
   */
  @Override
  public void start() {
    try {
      InetAddress host = InetAddress.getByName(listen.host());
      if (!host.isLoopbackAddress()) {
        throw new IOException(listen + " is not loopback: the admin listener serves this machine");
      }
      HttpServer opened = HttpServer.create(new InetSocketAddress(host, listen.port()), BACKLOG);
      opened.createContext("/livez", exchange -> answer(exchange, 200, "ok\n"));
      opened.createContext("/readyz", this::ready);
      opened.createContext("/metrics", exchange -> answer(exchange, 200, metrics.scrape()));
      opened.start();
      server = opened;
      log.info("admin listener at {}", address());
    } catch (IOException failed) {
      throw new UncheckedIOException("admin listener at " + listen + ": " + failed, failed);
    }
  }

  /** Where it listens: with the picked port once started. */
  public Address address() {
    HttpServer opened = server;
    return opened == null ? listen : new Address(listen.host(), opened.getAddress().getPort());
  }

  @Override
  public void close() {
    HttpServer opened = server;
    server = null;
    if (opened != null) {
      opened.stop(0);
    }
  }

  private void ready(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> check : readiness.checks().entrySet()) {
      text.append(check.getKey()).append(": ").append(check.getValue()).append('\n');
    }
    answer(exchange, readiness.isReady() ? 200 : 503, text.toString());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
