package io.elottery.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.ledger.Heads;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** What the copies of each shard signed of its history: whoever keeps one can prove another. */
public final class HeadsApi {
  private static final HexFormat HEX = HexFormat.of();

  private final IntFunction<Heads> shelf;

  /**
   * @param shelf the heads known of a shard, oldest first; any thread
   */
  public HeadsApi(IntFunction<Heads> shelf) {
    this.shelf = shelf;
  }

  /** For the public port. */
  public void addTo(RouteTable routes) {
    routes.add("GET", "/api/v1/heads/{shard}", this::heads);
  }

  private CompletableFuture<WebAnswer> heads(WebRequest request) throws Unacceptable {
    int shard = Input.value("shard", request.param("shard"), Integer::parseInt);
    Optional<String> cursor = request.query("cursor");
    long after = cursor.isPresent() ? Input.value("cursor", cursor.get(), Long::parseLong) : -1;
    int limit = Input.limit(request);
    Heads known = shelf.apply(shard);
    List<CountersignedHead> left =
        known.items().stream()
            .filter(head -> head.head().position().index() > after)
            .limit(limit + 1L)
            .toList();
    List<CountersignedHead> page = left.size() > limit ? left.subList(0, limit) : left;
    Optional<String> next =
        left.size() > limit
            ? Optional.of(page.get(limit - 1).head().position().toString())
            : Optional.empty();
    ObjectNode json = ApiJson.page(page, HeadsApi::json, next);
    json.put("authority", known.authority().map(HeadsApi::base64).orElse(""));
    return CompletableFuture.completedFuture(WebAnswer.json(200, json));
  }

  private static ObjectNode json(CountersignedHead countersigned) {
    Head head = countersigned.head();
    ObjectNode json = Json.object();
    json.put("shard", head.shard().number())
        .put("number", head.number())
        .put("position", head.position().index())
        .put("commands", head.commands())
        .put("stampedAt", head.stampedAt().toString())
        .put("log", HEX.formatHex(head.log()))
        .put("state", HEX.formatHex(head.state()))
        .put("previous", HEX.formatHex(head.previous()))
        .put("hash", HEX.formatHex(head.hash()));
    ArrayNode signatures = json.putArray("signatures");
    countersigned
        .signatures()
        .forEach(
            (server, signed) ->
                signatures
                    .addObject()
                    .put("server", server.name())
                    .put("voters", signed.voters())
                    .put("signature", base64(signed.seal().signature()))
                    .put("certificate", base64(signed.seal().certificate())));
    return json;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
