package io.elottery.web.exchange;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a browser's form holds. */
public final class Form {
  private static final int FIELDS_MAX = 2_000;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /** Reads a form post. */
  public static Form of(WebRequest request) throws Unacceptable {
    if (!request.isOf("application/x-www-form-urlencoded")) {
      throw Problem.of(
              415,
              "WRONG_CONTENT_TYPE",
              "The content type is not taken here",
              "Expected a form, Content-Type: application/x-www-form-urlencoded.")
          .unacceptable();
    }
    return new Form(parse(new String(request.body(), StandardCharsets.UTF_8)));
  }

  /** One with no field. */
  public static Form empty() {
    return new Form(Map.of());
  }

  /** Reads {@code a=b&c=d}, as in a query or a form. */
  public static Map<String, List<String>> parse(String text) throws Unacceptable {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    int count = 0;
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      if (++count > FIELDS_MAX) {
        throw Problem.malformed("More than " + FIELDS_MAX + " fields.").unacceptable();
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  /** The first value of a field; empty when there is none. */
  public String text(String name) {
    return all(name).stream().findFirst().orElse("");
  }

  /** The names of the fields, in order. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** All values of a field, in order. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  private static String decode(String text) throws Unacceptable {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw Problem.malformed("A % in the address or form is not followed by two hex digits.")
          .unacceptable();
    }
  }
}
