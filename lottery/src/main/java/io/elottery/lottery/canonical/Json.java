package io.elottery.lottery.canonical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON value of the kinds that have one canonical form: text, whole numbers below 2^53, true and
 * false, arrays and objects. There is no null and no fraction. Immutable.
 */
public sealed interface Json {
  /** Whole numbers lie strictly between minus this and this: 2^53. */
  long WHOLE_LIMIT = 1L << 53;

  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each kind of value. */
  interface Cases<R> {
    R text(String value);

    R whole(long value);

    R flag(boolean value);

    R items(List<Json> values);

    R fields(SortedMap<String, Json> values);
  }

  /** A string, without lone surrogates. */
  record Text(String value) implements Json {
    /** Checks that the text can be written as UTF-8. */
    public Text {
      requireUnicode(value);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.text(value);
    }
  }

  /** A whole number, {@code -2^53 < value < 2^53}. */
  record Whole(long value) implements Json {
    /** Checks the range. */
    public Whole {
      if (value <= -WHOLE_LIMIT || value >= WHOLE_LIMIT) {
        throw new IllegalArgumentException(value + ": expected a number below 2^53");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.whole(value);
    }
  }

  /** True or false. */
  record Flag(boolean value) implements Json {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.flag(value);
    }
  }

  /** An array. */
  record Items(List<Json> values) implements Json {
    /** Copies. */
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.items(values);
    }
  }

  /** An object; its keys are kept in the order of UTF-16 code units, which is RFC 8785's. */
  record Fields(SortedMap<String, Json> values) implements Json {
    /** Copies. */
    public Fields {
      values.keySet().forEach(Json::requireUnicode);
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** An object with one field more, or with that field replaced. */
    public Fields with(String key, Json value) {
      TreeMap<String, Json> more = new TreeMap<>(values);
      more.put(key, value);
      return new Fields(more);
    }

    /** With a text field. */
    public Fields with(String key, String value) {
      return with(key, new Text(value));
    }

    /** With a number field. */
    public Fields with(String key, long value) {
      return with(key, new Whole(value));
    }

    /** With an array field. */
    public Fields with(String key, List<? extends Json> value) {
      return with(key, new Items(new ArrayList<>(value)));
    }

    /** Without that field. */
    public Fields without(String key) {
      TreeMap<String, Json> fewer = new TreeMap<>(values);
      fewer.remove(key);
      return new Fields(fewer);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fields(values);
    }
  }

  /** An object without fields. */
  static Fields fields() {
    return new Fields(new TreeMap<>());
  }

  /** An array of numbers. */
  static Items wholes(List<Integer> values) {
    return new Items(values.stream().map(value -> (Json) new Whole(value)).toList());
  }

  private static void requireUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        throw new IllegalArgumentException("text with a lone surrogate at " + i);
      }
    }
  }
}
