package io.elottery.web.http;

import io.elottery.web.exchange.Dress;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through: found in the table, received within its limit, handled, answered.
 * On the door's event loop.
 */
final class HttpVisit {
  private static final Logger log = LoggerFactory.getLogger(HttpVisit.class);

  private final HttpServerRequest request;
  private final Context context;
  private final DoorOptions options;
  private final RouteTable routes;
  private final Dress dress;
  private final RequestMeters meters;
  private final long began = System.nanoTime();
  private final Buffer body = Buffer.buffer();
  private boolean refused;

  HttpVisit(HttpServerRequest request, Context context, HttpDoor door) {
    this.request = request;
    this.context = context;
    this.options = door.options();
    this.routes = door.routes();
    this.dress = door.dress();
    this.meters = door.meters();
  }

  void begin() {
    String path = path();
    RouteTable.Match match = routes.find(request.method().name(), path);
    if (match.handler().isEmpty()) {
      refuse(
          match.allowed().isEmpty()
              ? dress.problem(path, Problem.notFound("No such address: " + shown(path) + "."))
              : notAllowed(path, match));
      return;
    }
    long limit = match.maxBody() > 0 ? match.maxBody() : options.maxBody();
    if (announced() > limit) {
      refuse(dress.problem(path, tooLong(limit)));
      return;
    }
    request.handler(
        chunk -> {
          if (!refused && body.length() + chunk.length() > limit) {
            refuse(dress.problem(path, tooLong(limit)));
          } else if (!refused) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (!refused) {
            handle(path, match);
          }
        });
  }

  /** Answers what is not HTTP as it should be: an overlong line or header, bad framing. */
  static void refuseInvalid(HttpServerRequest request, Dress dress) {
    Problem problem =
        Problem.malformed("The request line or headers cannot be read or are too long.");
    WebAnswer answer = dress.dressed("/", problem.answer());
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    response.putHeader("Content-Type", answer.contentType()).putHeader("Connection", "close");
    response.end(Buffer.buffer(answer.body())).onComplete(done -> request.connection().close());
  }

  private void handle(String path, RouteTable.Match match) {
    CompletableFuture<WebAnswer> answer;
    try {
      answer =
          match
              .handler()
              .orElseThrow()
              .handle(
                  new WebRequest(
                      request.method().name(),
                      path,
                      match.params(),
                      Form.parse(request.query() == null ? "" : request.query()),
                      name -> Optional.ofNullable(request.getHeader(name)),
                      body.getBytes(),
                      request.remoteAddress().hostAddress(),
                      work -> context.runOnContext(go -> work.run())));
    } catch (Unacceptable refused) {
      answer = dress.problem(path, refused.problem()).now();
    } catch (RuntimeException fault) {
      answer = CompletableFuture.failedFuture(fault);
    }
    answer.whenComplete(
        (done, fault) -> {
          WebAnswer shown = fault == null ? done : failed(path, fault);
          if (context == Vertx.currentContext()) {
            send(path, shown);
          } else {
            context.runOnContext(go -> send(path, shown));
          }
        });
  }

  private WebAnswer failed(String path, Throwable thrown) {
    Throwable fault =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (fault instanceof Unacceptable refused) {
      return dress.problem(path, refused.problem());
    }
    log.error("{} {}: a fault of ours", request.method(), template(path), fault);
    return dress.problem(
        path,
        Problem.of(
            500, "FAULT", "Something is wrong on our side", "It has been noted; try again later."));
  }

  // Answers before the body is read; the connection then has no next request.
  private void refuse(WebAnswer answer) {
    refused = true;
    if (announced() != 0) {
      request.response().putHeader("Connection", "close");
      // What still comes is read and dropped for a moment, so that the caller reads the answer.
      request.handler(chunk -> {});
      request
          .response()
          .endHandler(sent -> context.owner().setTimer(500, at -> request.connection().close()));
    }
    send(path(), answer);
  }

  private void send(String path, WebAnswer plain) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    WebAnswer answer = dress.dressed(path, plain);
    response.setStatusCode(answer.status());
    meters.answered(answer.status(), System.nanoTime() - began);
    answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    if (!answer.contentType().isEmpty()) {
      response.putHeader("Content-Type", answer.contentType());
    }
    if (request.method().name().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(answer.body().length));
      response.end();
    } else if (answer.feed().isPresent()) {
      response.setChunked(true);
      answer.feed().get().begin(new HttpOutlet(response, context));
    } else {
      response.end(Buffer.buffer(answer.body()));
    }
  }

  private WebAnswer notAllowed(String path, RouteTable.Match match) {
    String allowed = String.join(", ", match.allowed());
    return dress
        .problem(
            path,
            Problem.of(
                405,
                "METHOD_NOT_ALLOWED",
                "This address does not take " + request.method(),
                "It takes " + allowed + "."))
        .with("Allow", allowed);
  }

  private static Problem tooLong(long limit) {
    return Problem.of(
        413,
        "TOO_LONG",
        "The request is too long",
        "At most " + limit + " bytes are taken here; nothing was done with it.");
  }

  // Bytes the caller says will come; -1 when it does not say (chunked).
  private long announced() {
    String length = request.getHeader("Content-Length");
    if (length == null) {
      return request.getHeader("Transfer-Encoding") == null ? 0 : -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException wrong) {
      return -1;
    }
  }

  private String path() {
    String path = request.path();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static String shown(String path) {
    String plain = path.replaceAll("[^A-Za-z0-9/._~-]", "?");
    return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
  }

  // A ticket or player id in the path does not belong in a log.
  private static String template(String path) {
    return path.replaceAll("[0-9A-Za-z_-]{16,}|[A-Z]{3}[CM][0-9]+", "…");
  }
}
