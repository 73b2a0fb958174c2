package io.elottery.web.http;

import io.elottery.web.exchange.Feed;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** A response that goes on. On the door's event loop. */
final class HttpOutlet implements Feed.Outlet {
  private final HttpServerResponse response;
  private final Context context;

  HttpOutlet(HttpServerResponse response, Context context) {
    this.response = response;
    this.context = context;
  }

  @Override
  public boolean isOpen() {
    return !response.closed() && !response.ended();
  }

  @Override
  public void write(String text) {
    if (isOpen() && response.writeQueueFull()) {
      // Who does not read comes back and says what it has; nothing is kept for it here.
      end();
    } else if (isOpen()) {
      response.write(text);
    }
  }

  @Override
  public void end() {
    if (isOpen()) {
      response.end();
    }
  }

  @Override
  public void after(Duration delay, Runnable work) {
    context.owner().setTimer(delay.toMillis(), at -> context.runOnContext(go -> work.run()));
  }
}
