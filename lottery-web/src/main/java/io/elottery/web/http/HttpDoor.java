package io.elottery.web.http;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.web.exchange.Dress;
import io.elottery.web.exchange.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port that answers by a route table; all its requests on one event loop. */
public final class HttpDoor implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);
  private static final int HEADER_MAX = 16 << 10;
  private static final int LINE_MAX = 4 << 10;

  private final HttpRuntime runtime;
  private final DoorOptions options;
  private final RouteTable routes;
  private final Dress dress;
  private final RequestMeters meters;
  private @Nullable HttpServer server;

  /**
   * @param runtime started before this door and closed after it
   * @param dress what every answer wears: security headers, error pages
   */
  public HttpDoor(
      HttpRuntime runtime,
      DoorOptions options,
      RouteTable routes,
      Dress dress,
      RequestMeters meters) {
    this.meters = meters;
    this.runtime = runtime;
    this.options = options;
    this.routes = routes;
    this.dress = dress;
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the port is taken, naming its key
   */
  @Override
  public void start() {
    Vertx vertx = runtime.vertx();
    HttpServerOptions http =
        new HttpServerOptions()
            .setHost(options.listen().host())
            .setPort(options.listen().port())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(Math.toIntExact(options.idle().toMillis()))
            .setMaxHeaderSize(HEADER_MAX)
            .setMaxInitialLineLength(LINE_MAX)
            .setHandle100ContinueAutomatically(true)
            .setHttp2ClearTextEnabled(false)
            // No WebSockets here: their handlers would look at every request and answer.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setCompressionSupported(true);
    options
        .certificate()
        .ifPresent(
            pem ->
                http.setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(pem.certificate().toString())
                            .setKeyPath(pem.key().toString())));
    Context loop = runtime.context();
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    loop.runOnContext(
        go ->
            vertx
                .createHttpServer(http)
                .requestHandler(request -> new HttpVisit(request, loop, this).begin())
                .invalidRequestHandler(request -> HttpVisit.refuseInvalid(request, dress))
                .listen()
                .onComplete(
                    result -> {
                      if (result.succeeded()) {
                        listening.complete(result.result());
                      } else {
                        listening.completeExceptionally(result.cause());
                      }
                    }));
    try {
      server = listening.join();
      log.info("{} at {}", options.key(), address());
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      String what = isRefusedPort(cause) ? "the port is taken or not ours: " : "";
      throw new IllegalStateException(
          options.key()
              + " "
              + options.listen()
              + ": "
              + what
              + cause.getMessage()
              + "; choose another, or 0 for any free port",
          cause);
    }
  }

  // Netty's epoll has no exception of its own for it.
  private static boolean isRefusedPort(Throwable cause) {
    return cause instanceof BindException
        || (cause instanceof IOException && String.valueOf(cause.getMessage()).startsWith("bind("));
  }

  /** Where it listens; the real port where 0 was asked for. */
  public Address address() {
    HttpServer open = server;
    return open == null
        ? options.listen()
        : new Address(options.listen().host(), open.actualPort());
  }

  DoorOptions options() {
    return options;
  }

  RouteTable routes() {
    return routes;
  }

  Dress dress() {
    return dress;
  }

  RequestMeters meters() {
    return meters;
  }

  @Override
  public void close() {
    HttpServer open = server;
    server = null;
    if (open != null) {
      Future<Void> closed = open.close();
      try {
        closed
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)
            .join();
      } catch (CompletionException late) {
        log.warn("{} did not close in {}", options.key(), STOP_WAIT);
      }
    }
  }
}
