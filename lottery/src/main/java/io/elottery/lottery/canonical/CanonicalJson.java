package io.elottery.lottery.canonical;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes and reads canonical JSON (RFC 8785): keys sorted by UTF-16 code units, no spaces, shortest
 * escapes. One value has exactly one text, so hashes and signatures over it mean something.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The value's only canonical text, as UTF-8. */
  public static byte[] write(Json value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The value's only canonical text. */
  public static String text(Json value) {
    return value.match(new Writer(new StringBuilder())).toString();
  }

  /**
   * Reads strict JSON in any spacing and key order: a doubled key, a fraction, an exponent, null, a
   * number of 2^53 or more, broken UTF-8 or anything after the value is refused.
   */
  public static Json parse(byte[] utf8) throws JsonRefused {
    return new JsonParser(JsonParser.decoded(utf8)).parse();
  }

  /** Reads text that must be canonical already: what would be written differently is refused. */
  public static Json parseCanonical(byte[] utf8) throws JsonRefused {
    Json value = parse(utf8);
    int differs = Arrays.mismatch(write(value), utf8);
    if (differs >= 0) {
      throw new JsonRefused("not canonical JSON: byte " + differs + " differs (RFC 8785)");
    }
    return value;
  }

  private static final class Writer implements Json.Cases<StringBuilder> {
    private final StringBuilder out;

    Writer(StringBuilder out) {
      this.out = out;
    }

    @Override
    public StringBuilder text(String value) {
      out.append('"');
      for (int i = 0; i < value.length(); i++) {
        escaped(value.charAt(i));
      }
      return out.append('"');
    }

    // RFC 8785 section 3.2.2.2: only what must be escaped is, in its shortest form.
    private void escaped(char unit) {
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (unit < 0x20) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
          } else {
            out.append(unit);
          }
        }
      }
    }

    @Override
    public StringBuilder whole(long value) {
      return out.append(value);
    }

    @Override
    public StringBuilder flag(boolean value) {
      return out.append(value);
    }

    @Override
    public StringBuilder items(List<Json> values) {
      out.append('[');
      String separator = "";
      for (Json value : values) {
        out.append(separator);
        value.match(this);
        separator = ",";
      }
      return out.append(']');
    }

    @Override
    public StringBuilder fields(SortedMap<String, Json> values) {
      out.append('{');
      String separator = "";
      for (Map.Entry<String, Json> field : values.entrySet()) {
        out.append(separator);
        text(field.getKey());
        out.append(':');
        field.getValue().match(this);
        separator = ",";
      }
      return out.append('}');
    }
  }
}
