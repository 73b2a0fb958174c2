package io.elottery.deploy.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.PrintStream;
import java.util.function.Supplier;

/** The form an answer is printed in; for programs it is the same tree in both. */
public enum Output {
  /** Columns for people. */
  TABLE,
  /** Indented JSON. */
  JSON,
  /** YAML. */
  YAML;

  /** Prints the tree, or the table that shows it. */
  public void print(PrintStream out, JsonNode tree, Supplier<String> table) {
    switch (this) {
      case TABLE -> out.print(table.get());
      case JSON -> out.println(written(tree, new ObjectMapper().writerWithDefaultPrettyPrinter()));
      case YAML -> out.print(written(tree, yaml()));
    }
  }

  private static ObjectWriter yaml() {
    YAMLFactory factory =
        YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();
    return new ObjectMapper(factory).writer();
  }

  private static String written(JsonNode tree, ObjectWriter writer) {
    try {
      return writer.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree is always writable", impossible);
    }
  }
}
