package io.elottery.web.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.exchange.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody of the staff asks of main.
 *
 * @param token who asks: a secret; empty for somebody who signs in
 * @param path after {@code /api/v1}: {@code /keys/rotation}
 * @param body empty when there is none
 */
public record OfficeCall(
    String token, String method, String path, Map<String, String> query, ObjectNode body) {
  /** Copies the parameters. */
  public OfficeCall {
    query = Map.copyOf(query);
  }

  /** Reads something. */
  public static OfficeCall get(String token, String path) {
    return new OfficeCall(token, "GET", path, Map.of(), Json.object());
  }

  /** Asks for something to be done. */
  public static OfficeCall post(String token, String path, ObjectNode body) {
    return new OfficeCall(token, "POST", path, Map.of(), body);
  }

  /** The same, with parameters. */
  public OfficeCall with(Map<String, String> parameters) {
    return new OfficeCall(token, method, path, parameters, body);
  }

  /** Whether asking twice does no more than asking once. */
  boolean isRepeatable() {
    return method.equals("GET");
  }

  byte[] toBytes() {
    ObjectNode json = Json.object().put("token", token).put("method", method).put("path", path);
    ObjectNode parameters = json.putObject("query");
    new TreeMap<>(query).forEach(parameters::put);
    json.set("body", body);
    return Json.bytes(json);
  }

  /** Without the secrets: a body may hold a password or a key piece. */
  @Override
  public String toString() {
    return "OfficeCall[" + method + " " + path + "]";
  }
}
