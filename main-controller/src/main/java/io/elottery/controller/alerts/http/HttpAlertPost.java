package io.elottery.controller.alerts.http;

import io.elottery.controller.alerts.AlertPost;
import io.elottery.controller.alerts.Outcome;
import io.elottery.keyvault.webhook.SignedAlert;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * {@link AlertPost} by HTTP/1.1 with the headers of Standard Webhooks. The client, with its one
 * selector thread, is made at the first alert. Any thread.
 */
public final class HttpAlertPost implements AlertPost {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int GONE = 410;

  // Set once, by main's loop.
  private volatile @Nullable HttpClient client;

  /** Opens nothing yet. */
  public HttpAlertPost() {}

  @Override
  public CompletableFuture<Outcome> post(SignedAlert signed, String id, byte[] body) {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(signed.url()))
              .timeout(PATIENCE)
              .header("content-type", "application/json")
              .header("user-agent", "elottery-alerts/1")
              .header("webhook-id", id)
              .header("webhook-timestamp", Long.toString(signed.timestamp()))
              .header("webhook-signature", signed.signature())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
    } catch (IllegalArgumentException odd) {
      return CompletableFuture.completedFuture(new Outcome.Failed("the address cannot be used"));
    }
    CompletableFuture<HttpResponse<Void>> answer =
        open().sendAsync(request, HttpResponse.BodyHandlers.discarding());
    return answer
        // The request's own time-out ends with the headers: a body that never ends is one, too.
        .orTimeout(PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .handle(
            (response, problem) -> {
              if (response == null) {
                answer.cancel(true);
                return new Outcome.Failed(words(problem));
              }
              return outcome(response.statusCode());
            });
  }

  private HttpClient open() {
    HttpClient open = client;
    if (open == null) {
      open =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(PATIENCE)
              .build();
      client = open;
    }
    return open;
  }

  private static Outcome outcome(int status) {
    if (status >= 200 && status < 300) {
      return new Outcome.Taken();
    }
    return status == GONE ? new Outcome.Gone() : new Outcome.Failed("it answered " + status);
  }

  // The message of an exception may hold the address: only its kind is told.
  private static String words(@Nullable Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof ConnectException) {
      return "it refuses connections";
    }
    if (cause instanceof HttpTimeoutException
        || cause instanceof java.util.concurrent.TimeoutException) {
      return "it did not answer within " + PATIENCE.toSeconds() + " s";
    }
    return cause == null ? "no answer" : "no answer: " + cause.getClass().getSimpleName();
  }
}
