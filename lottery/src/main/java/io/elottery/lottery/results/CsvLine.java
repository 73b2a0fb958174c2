package io.elottery.lottery.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits one line of a file with columns (RFC 4180, without fields that span lines). */
final class CsvLine {
  private CsvLine() {}

  /** The fields, without blanks around them; empty when a quote is not closed. */
  static Optional<List<String>> split(String line, char delimiter) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      if (quoted && next == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (next == '"') {
        quoted = !quoted;
      } else if (next == delimiter && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(next);
      }
    }
    fields.add(field.toString().strip());
    return quoted ? Optional.empty() : Optional.of(fields);
  }
}
