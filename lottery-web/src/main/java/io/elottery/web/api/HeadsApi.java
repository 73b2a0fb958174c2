package io.elottery.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.lottery.id.TicketId;
import io.elottery.web.desk.Inclusions;
import io.elottery.web.desk.Sessions;
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

/**
 * What the copies of each shard signed of its history: whoever keeps one can prove another. And
 * that a ticket is part of it: the same page with one head, and the proof beside.
 */
public final class HeadsApi {
  private static final HexFormat HEX = HexFormat.of();

  private final IntFunction<Heads> shelf;
  private final Inclusions inclusions;
  private final Sessions sessions;

  /**
   * @param shelf the heads known of a shard, oldest first; any thread
   */
  public HeadsApi(IntFunction<Heads> shelf, Inclusions inclusions, Sessions sessions) {
    this.shelf = shelf;
    this.inclusions = inclusions;
    this.sessions = sessions;
  }

  /** For the public port. */
  public void addTo(RouteTable routes) {
    routes
        .add("GET", "/api/v1/heads/{shard}", this::heads)
        .add("GET", "/api/v1/tickets/{ticket}/inclusion", this::inclusion);
  }

  private CompletableFuture<WebAnswer> inclusion(WebRequest request) throws Unacceptable {
    TicketId ticket = Input.ticket(request);
    return sessions
        .require(request)
        .thenCompose(me -> inclusions.of(request, me.player(), ticket))
        .thenApply(found -> WebAnswer.json(200, json(found)));
  }

  /** A page with the head, and the proof beside. */
  public static ObjectNode json(Inclusions.Inclusion inclusion) {
    ObjectNode json = ApiJson.page(List.of(inclusion.head()), HeadsApi::json, Optional.empty());
    json.put("authority", inclusion.authority().map(HeadsApi::base64).orElse(""));
    ObjectNode proof =
        json.putObject("inclusion")
            .put("ticket", inclusion.ticket().toString())
            .put("position", inclusion.head().head().position().index())
            .put("figures", HEX.toHexDigits(inclusion.proof().figures()))
            .put("index", inclusion.proof().index())
            .put("size", inclusion.proof().size());
    ArrayNode path = proof.putArray("path");
    inclusion.proof().path().forEach(hash -> path.add(HEX.formatHex(hash.toBytes())));
    return json;
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
