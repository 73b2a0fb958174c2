package io.elottery.web.site;

import io.elottery.foundation.hash.Sha256;
import io.elottery.web.exchange.Handler;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Styles, scripts and the icon: read once from the class path, served from memory. */
final class Assets {
  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

  private Assets() {}

  static void addTo(RouteTable routes) {
    String script = "text/javascript; charset=utf-8";
    routes
        .add("GET", "/assets/site.css", asset("site.css", "text/css; charset=utf-8"))
        .add("GET", "/assets/site.js", asset("site.js", script))
        .add("GET", "/assets/htmx.js", asset(HTMX, script))
        .add("GET", "/assets/icon.svg", asset("icon.svg", "image/svg+xml"))
        .add("GET", "/favicon.ico", asset("icon.svg", "image/svg+xml"));
  }

  private static Handler asset(String resource, String type) {
    byte[] bytes = read(resource);
    String tag = "\"" + digest(bytes) + "\"";
    WebAnswer whole =
        new WebAnswer(200, type, bytes).with("ETag", tag).with("Cache-Control", "no-cache");
    WebAnswer same =
        new WebAnswer(304, "", new byte[0]).with("ETag", tag).with("Cache-Control", "no-cache");
    return Handler.now(
        request -> request.header("If-None-Match").orElse("").contains(tag) ? same : whole);
  }

  private static byte[] read(String resource) {
    try (@Nullable InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String digest(byte[] bytes) {
    return Sha256.hex(bytes).substring(0, 16);
  }
}
