package io.elottery.web.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as this process reads and writes it: strict, bounded in depth. Any thread. */
public final class Json {
  private static final int DEPTH_MAX = 16;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(20)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** Its bytes. */
  public static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Reads what our own network wrote. */
  public static JsonNode trusted(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Reads what a stranger wrote; the problem names line and column. */
  static JsonNode read(byte[] bytes) throws Unacceptable {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (json == null || json.isMissingNode()) {
        throw Problem.malformed("The body is empty; expected a JSON object.").unacceptable();
      }
      return json;
    } catch (JsonProcessingException malformed) {
      String place =
          malformed.getLocation() == null
              ? ""
              : " at line "
                  + malformed.getLocation().getLineNr()
                  + ", column "
                  + malformed.getLocation().getColumnNr();
      throw Problem.malformed("Not JSON" + place + ": " + reason(malformed)).unacceptable();
    } catch (IOException broken) {
      throw Problem.malformed("The body is not UTF-8 text.").unacceptable();
    }
  }

  // The parser's own words, first sentence, without echoes of long input.
  private static String reason(JsonProcessingException malformed) {
    String words = String.valueOf(malformed.getOriginalMessage()).replaceAll("\\s+", " ");
    return words.length() <= 160 ? words : words.substring(0, 160) + "…";
  }
}
