package io.elottery.lottery.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Reads the fields of one object, each of the kind expected; {@link #done()} refuses fields that
 * nobody asked for. Not thread-safe.
 */
public final class FieldReader {
  private final String where;
  private final SortedMap<String, Json> fields;
  private final TreeSet<String> unread;

  private FieldReader(String where, SortedMap<String, Json> fields) {
    this.where = where;
    this.fields = fields;
    this.unread = new TreeSet<>(fields.keySet());
  }

  /**
   * Over an object.
   *
   * @param where how messages name it, for example {@code pools[1]}
   */
  public static FieldReader of(String where, Json value) throws JsonRefused {
    if (value instanceof Json.Fields object) {
      return new FieldReader(where, object.values());
    }
    throw new JsonRefused(where + ": expected an object");
  }

  /** A text field. */
  public String text(String key) throws JsonRefused {
    if (field(key) instanceof Json.Text text) {
      return text.value();
    }
    throw refused(key, "text");
  }

  /** A whole number in a range. */
  public long whole(String key, long min, long max) throws JsonRefused {
    if (field(key) instanceof Json.Whole whole && whole.value() >= min && whole.value() <= max) {
      return whole.value();
    }
    throw refused(key, "a whole number " + min + " … " + max);
  }

  /** A whole number that fits an int, in a range. */
  public int number(String key, int min, int max) throws JsonRefused {
    return (int) whole(key, min, max);
  }

  /** An array. */
  public List<Json> items(String key) throws JsonRefused {
    if (field(key) instanceof Json.Items items) {
      return items.values();
    }
    throw refused(key, "an array");
  }

  /** An object. */
  public Json.Fields object(String key) throws JsonRefused {
    if (field(key) instanceof Json.Fields object) {
      return object;
    }
    throw refused(key, "an object");
  }

  /** An array of whole numbers that fit an int. */
  public List<Integer> wholes(String key) throws JsonRefused {
    List<Integer> numbers = new ArrayList<>();
    for (Json item : items(key)) {
      if (!(item instanceof Json.Whole whole) || whole.value() != (int) whole.value()) {
        throw refused(key, "an array of whole numbers");
      }
      numbers.add((int) whole.value());
    }
    return List.copyOf(numbers);
  }

  /** An array of texts. */
  public List<String> texts(String key) throws JsonRefused {
    List<String> texts = new ArrayList<>();
    for (Json item : items(key)) {
      if (!(item instanceof Json.Text text)) {
        throw refused(key, "an array of text");
      }
      texts.add(text.value());
    }
    return List.copyOf(texts);
  }

  /** That many bytes as lower-case hex. */
  public byte[] hex(String key, int length) throws JsonRefused {
    return BytesText.fromHex(text(key))
        .filter(bytes -> bytes.length == length)
        .orElseThrow(() -> refused(key, length + " bytes as lower-case hex"));
  }

  /** That many bytes as padded base64 with zero spare bits. */
  public byte[] base64(String key, int length) throws JsonRefused {
    return BytesText.fromBase64(text(key))
        .filter(bytes -> bytes.length == length)
        .orElseThrow(() -> refused(key, length + " bytes as base64"));
  }

  /** Whether the field is there. Does not count as reading it. */
  public boolean has(String key) {
    return fields.containsKey(key);
  }

  /** The keys not read yet, ascending. */
  public List<String> unread() {
    return List.copyOf(unread);
  }

  /** Checks that every field was read. */
  public void done() throws JsonRefused {
    if (!unread.isEmpty()) {
      throw new JsonRefused(where + ": unknown key \"" + unread.first() + "\"");
    }
  }

  private Json field(String key) throws JsonRefused {
    Json value = fields.get(key);
    if (value == null) {
      throw new JsonRefused(where + ": key \"" + key + "\" is missing");
    }
    unread.remove(key);
    return value;
  }

  private JsonRefused refused(String key, String expected) {
    return new JsonRefused(where + "." + key + ": expected " + expected);
  }
}
