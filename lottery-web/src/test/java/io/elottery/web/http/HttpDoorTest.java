package io.elottery.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Address;
import io.elottery.web.exchange.Handler;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.SafeDress;
import io.elottery.web.exchange.WebAnswer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP server itself, on a real port. */
final class HttpDoorTest {
  private static final int MAX_BODY = 1000;

  private final HttpRuntime runtime = new HttpRuntime();
  private final RouteTable routes =
      new RouteTable()
          .add("GET", "/hello/{who}", Handler.now(r -> text(200, "hello " + r.param("who"))))
          .add("POST", "/echo", Handler.now(r -> new WebAnswer(200, "text/plain", r.body())))
          .add("POST", "/large", 20_000, Handler.now(r -> text(200, "" + r.body().length)))
          .add("GET", "/api/bug", r -> CompletableFuture.failedFuture(new RuntimeException("s3")))
          .add("GET", "/api/bad", Handler.now(r -> badly()));
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpDoor door = door(0);

  @BeforeEach
  void open() {
    runtime.start();
    door.start();
  }

  @AfterEach
  void close() {
    door.close();
    runtime.close();
  }

  @Test
  void aRouteIsAnsweredWithSafeHeaders() throws Exception {
    HttpResponse<String> answer = get("/hello/world");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello world");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void anUnknownAddressIs404AndAnotherMethod405WithWhatIsAllowed() throws Exception {
    HttpResponse<String> unknown = get("/api/nothing");
    HttpResponse<String> other = send("PUT", "/hello/world", "x".getBytes(StandardCharsets.UTF_8));

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(other.statusCode()).isEqualTo(405);
    assertThat(other.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void aFaultIs500AndSaysNothingOfItself() throws Exception {
    HttpResponse<String> answer = get("/api/bug");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("FAULT").doesNotContain("s3", "Exception");
  }

  @Test
  void aRefusalIsShownAsProblem() throws Exception {
    HttpResponse<String> answer = get("/api/bad");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"lines[0].main\"");
  }

  @Test
  void anAnnouncedLongBodyIsRefusedUnread() throws Exception {
    HttpResponse<String> answer = send("POST", "/echo", new byte[10 << 20]);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("1000");
    assertThat(get("/hello/you").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnannouncedLongBodyIsCutOff() throws Exception {
    byte[] chunk = ("400\r\n" + "x".repeat(0x400) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.address().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(firstLine(socket, out, chunk)).contains("413");
    }
  }

  @Test
  void aRouteMayTakeMore() throws Exception {
    assertThat(send("POST", "/large", new byte[15_000]).body()).isEqualTo("15000");
    assertThat(send("POST", "/large", new byte[25_000]).statusCode()).isEqualTo(413);
  }

  @Test
  void whatIsNotHttpIsAnswered400() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.address().port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).containsPattern("^HTTP/1.[01] 400").contains("application/problem+json");
    }
  }

  @Test
  void aTakenPortIsNamedWithItsKey() {
    HttpDoor second = door(door.address().port());

    assertThatThrownBy(second::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("http.listen 127.0.0.1:" + door.address().port())
        .hasMessageContaining("taken");
  }

  private HttpDoor door(int port) {
    return new HttpDoor(
        runtime,
        new DoorOptions(
            "http.listen",
            new Address("127.0.0.1", port),
            MAX_BODY,
            Duration.ofSeconds(10),
            Optional.empty()),
        routes,
        new SafeDress(false, Problem::answer),
        new RequestMeters(new SimpleMeterRegistry()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + door.address() + path);
  }

  // Writes until the server has answered; it may cut the connection while we still write.
  private static String firstLine(Socket socket, OutputStream out, byte[] chunk)
      throws IOException {
    InputStream in = socket.getInputStream();
    try {
      for (int i = 0; i < 10_000 && in.available() == 0; i++) {
        out.write(chunk);
      }
    } catch (SocketException cut) {
      // What it answered before is still to be read.
    }
    byte[] line = new byte[64];
    int read = in.read(line);
    return new String(line, 0, Math.max(0, read), StandardCharsets.US_ASCII);
  }

  private static WebAnswer text(int status, String text) {
    return new WebAnswer(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private static WebAnswer badly() throws io.elottery.web.exchange.Unacceptable {
    throw Problem.invalid("lines[0].main", "72 is not in 1 … 69").unacceptable();
  }
}
