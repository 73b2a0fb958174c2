package io.elottery.lottery.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.RulesRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A game as its operator writes it: the rules, and how the columns of a file of past results map to
 * its pools. Only the rules are hashed and drawn by.
 */
public record GameFile(Rules rules, ResultColumns columns) {
  /**
   * Reads the game's YAML: keys {@code rules} and {@code results}. A key may stand once; null and
   * fractions are refused. Keys with their default value may be written out.
   */
  public static GameFile fromYaml(String yaml) throws RulesRefused {
    try {
      YAMLFactory factory =
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      JsonNode tree =
          new ObjectMapper(factory)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(yaml);
      FieldReader in = FieldReader.of("game file", json("game file", tree));
      GameFile file =
          new GameFile(
              Rules.fromSource(in.object("rules")), ResultColumns.fromJson(in.object("results")));
      in.done();
      file.columns.checkAgainst(file.rules);
      return file;
    } catch (JsonProcessingException broken) {
      throw new RulesRefused("not YAML: " + broken.getOriginalMessage());
    } catch (JsonRefused refused) {
      throw new RulesRefused(String.valueOf(refused.getMessage()));
    }
  }

  /** Canonical JSON, to be kept and sent. */
  public byte[] toBytes() {
    return CanonicalJson.write(
        Json.fields().with("rules", rules.toJson()).with("results", columns.toJson()));
  }

  /** Reads {@link #toBytes()}. */
  public static GameFile parse(byte[] bytes) throws JsonRefused {
    FieldReader in = FieldReader.of("game file", CanonicalJson.parse(bytes));
    GameFile file =
        new GameFile(
            Rules.fromJson(in.object("rules")), ResultColumns.fromJson(in.object("results")));
    in.done();
    return file;
  }

  private static Json json(String where, JsonNode node) throws JsonRefused {
    if (node.isTextual()) {
      return new Json.Text(node.textValue());
    }
    if (node.isBoolean()) {
      return new Json.Flag(node.booleanValue());
    }
    if (node.isIntegralNumber()
        && node.canConvertToLong()
        && Math.abs(node.longValue()) < Json.WHOLE_LIMIT) {
      return new Json.Whole(node.longValue());
    }
    if (node.isArray()) {
      List<Json> items = new ArrayList<>();
      for (JsonNode item : node) {
        items.add(json(where + "[" + items.size() + "]", item));
      }
      return new Json.Items(items);
    }
    if (node.isObject()) {
      TreeMap<String, Json> fields = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        fields.put(field.getKey(), json(where + "." + field.getKey(), field.getValue()));
      }
      return new Json.Fields(fields);
    }
    throw new JsonRefused(where + ": expected text, a whole number, true, false, a list or keys");
  }
}
