package io.elottery.foundation.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML file into dotted keys, each with the line it stands on.
 *
 * <p>Maps become dots, lists of scalars stay lists; a map inside a list gets the item's number from
 * 0 as a part of its key.
 */
final class YamlFile {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final Map<String, Given> into;
  private final List<String> problems;

  private YamlFile(Path file, Map<String, Given> into, List<String> problems) {
    this.file = file;
    this.into = into;
    this.problems = problems;
  }

  /** Adds the file's values to {@code into} and what is wrong with it to {@code problems}. */
  static void read(Path file, Map<String, Given> into, List<String> problems) {
    try (JsonParser in = YAML.createParser(Files.newInputStream(file))) {
      new YamlFile(file, into, problems).document(in);
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
      problems.add(file + ":" + line + ": not YAML: " + malformed.getOriginalMessage());
    } catch (NoSuchFileException missing) {
      problems.add(file + ": no such file");
    } catch (IOException unreadable) {
      problems.add(file + ": cannot be read: " + unreadable);
    }
  }

  private void document(JsonParser in) throws IOException {
    JsonToken first = in.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problems.add(place(in) + ": expected keys and values");
      return;
    }
    map("", in);
    if (in.nextToken() != null) {
      problems.add(place(in) + ": a second document; expected one");
    }
  }

  private void map(String prefix, JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + in.currentName();
      in.nextToken();
      value(key, in);
    }
  }

  private void value(String key, JsonParser in) throws IOException {
    switch (in.currentToken()) {
      case START_OBJECT -> map(key + ".", in);
      case START_ARRAY -> list(key, in);
      case VALUE_NULL ->
          problems.add(place(in) + ": " + key + " has no value; give one or leave the key out");
      default -> put(key, Given.scalar(in.getText(), place(in), directory()), in);
    }
  }

  private void list(String key, JsonParser in) throws IOException {
    String from = place(in);
    List<String> items = new ArrayList<>();
    boolean nested = false;
    int index = 0;
    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
      if (next.isScalarValue() && next != JsonToken.VALUE_NULL) {
        items.add(in.getText());
      } else {
        nested = true;
        value(key + "." + index, in);
      }
      index++;
    }
    if (!nested) {
      put(key, new Given(items, true, from, directory()), in);
    } else if (!items.isEmpty()) {
      problems.add(from + ": " + key + " mixes plain items with maps or lists");
    }
  }

  private void put(String key, Given given, JsonParser in) {
    if (into.put(key, given) != null) {
      problems.add(place(in) + ": " + key + " is given twice");
    }
  }

  private String place(JsonParser in) {
    return file + ":" + in.currentTokenLocation().getLineNr();
  }

  private @Nullable Path directory() {
    return file.toAbsolutePath().getParent();
  }
}
