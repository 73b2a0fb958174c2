package io.elottery.lottery.canonical;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads one strict JSON value by recursive descent, to a bounded depth. */
final class JsonParser {
  /** Arrays and objects within each other at most; a bundle needs 6. */
  static final int DEPTH_MAX = 32;

  private final String in;
  private int at;
  private int depth;

  JsonParser(String in) {
    this.in = in;
  }

  static String decoded(byte[] utf8) throws JsonRefused {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException broken) {
      throw new JsonRefused("not UTF-8");
    }
  }

  Json parse() throws JsonRefused {
    Json value = value();
    blanks();
    if (at < in.length()) {
      throw refused("nothing more");
    }
    return value;
  }

  private Json value() throws JsonRefused {
    blanks();
    char next = peek();
    if (next == '"') {
      return new Json.Text(string());
    }
    if (next == '-' || isDigit(next)) {
      return whole();
    }
    if (next == '{' || next == '[') {
      if (++depth > DEPTH_MAX) {
        throw refused("at most " + DEPTH_MAX + " levels");
      }
      Json nested = next == '{' ? fields() : items();
      depth--;
      return nested;
    }
    if (in.startsWith("true", at)) {
      at += 4;
      return new Json.Flag(true);
    }
    if (in.startsWith("false", at)) {
      at += 5;
      return new Json.Flag(false);
    }
    throw refused("a string, whole number, boolean, array or object");
  }

  private Json fields() throws JsonRefused {
    TreeMap<String, Json> fields = new TreeMap<>();
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return new Json.Fields(fields);
    }
    while (true) {
      blanks();
      String key = string();
      blanks();
      expect(':');
      if (fields.put(key, value()) != null) {
        throw new JsonRefused("key \"" + key + "\" stands twice, at " + at);
      }
      blanks();
      if (peek() == '}') {
        at++;
        return new Json.Fields(fields);
      }
      expect(',');
    }
  }

  private Json items() throws JsonRefused {
    List<Json> items = new ArrayList<>();
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return new Json.Items(items);
    }
    while (true) {
      items.add(value());
      blanks();
      if (peek() == ']') {
        at++;
        return new Json.Items(items);
      }
      expect(',');
    }
  }

  private Json whole() throws JsonRefused {
    int from = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    while (at < in.length() && isDigit(in.charAt(at))) {
      at++;
    }
    int count = at - digits;
    // Minus zero has no whole number of its own: refused like a leading zero.
    boolean zeroFirst = count > 0 && in.charAt(digits) == '0' && (count > 1 || digits > from);
    boolean fraction = at < in.length() && ".eE".indexOf(in.charAt(at)) >= 0;
    if (count == 0 || count > 16 || zeroFirst || fraction) {
      at = from;
      throw refused("a whole number below 2^53 without leading zeros, fraction or exponent");
    }
    long value = Long.parseLong(in.substring(from, at));
    if (value <= -Json.WHOLE_LIMIT || value >= Json.WHOLE_LIMIT) {
      at = from;
      throw refused("a number below 2^53");
    }
    return new Json.Whole(value);
  }

  private String string() throws JsonRefused {
    int from = at;
    expect('"');
    StringBuilder text = new StringBuilder();
    while (true) {
      char unit = peek();
      if (unit < 0x20) {
        throw refused("no control character in a string");
      }
      at++;
      if (unit == '"') {
        break;
      }
      text.append(unit == '\\' ? escape() : unit);
    }
    try {
      return new Json.Text(text.toString()).value();
    } catch (IllegalArgumentException loneSurrogate) {
      at = from;
      throw refused("a string without lone surrogates");
    }
  }

  private char escape() throws JsonRefused {
    char kind = peek();
    at++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw refused("an escape of JSON before this");
    };
  }

  private char unit() throws JsonRefused {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = "0123456789abcdefABCDEF".indexOf(peek());
      if (digit < 0) {
        throw refused("four hex digits");
      }
      value = value << 4 | (digit < 16 ? digit : digit - 6);
      at++;
    }
    return (char) value;
  }

  private static boolean isDigit(char unit) {
    return unit >= '0' && unit <= '9';
  }

  private void blanks() {
    while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char unit) throws JsonRefused {
    if (peek() != unit) {
      throw refused("'" + unit + "'");
    }
    at++;
  }

  private char peek() throws JsonRefused {
    if (at >= in.length()) {
      throw new JsonRefused("JSON ends too early, at " + at);
    }
    return in.charAt(at);
  }

  private JsonRefused refused(String expected) {
    return new JsonRefused("at " + at + ": expected " + expected);
  }
}
