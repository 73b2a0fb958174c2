package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.CutRow;
import io.elottery.web.console.view.KeyMatrix;
import io.elottery.web.console.view.KeyRow;
import io.elottery.web.console.view.PlanView;
import io.elottery.web.console.view.Rotation;
import io.elottery.web.console.view.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Keys, plans and rotations of main's JSON as rows, squares and waves. Pure. */
final class KeyDrawing {
  private static final int CELL = 62;
  private static final int GAP = 6;
  private static final int SIDE = 92; // Room for the names of the rows.
  private static final int TOP = 30;

  private KeyDrawing() {}

  static List<KeyRow> rows(JsonNode keys) {
    List<KeyRow> rows = new ArrayList<>();
    for (JsonNode key : keys.path("items")) {
      StringJoiner ends = new StringJoiner(", ");
      key.path("ends")
          .properties()
          .forEach(end -> ends.add(end.getKey() + " " + Texts.words(end.getValue().asText())));
      rows.add(
          new KeyRow(
              Texts.link(Texts.text(key, "link")),
              Texts.text(key, "low"),
              Texts.text(key, "high"),
              Texts.words(Texts.text(key, "purpose")),
              Texts.text(key, "epoch"),
              Texts.words(Texts.text(key, "stage")),
              Texts.age(key.path("ageSeconds").asLong()),
              Texts.text(key, "confirmed"),
              ends.toString(),
              Texts.text(key, "state").toLowerCase(Locale.ROOT),
              Texts.text(key, "why")));
    }
    return rows;
  }

  /** Every worker against every other; a pair with several links shows the worst. */
  static KeyMatrix matrix(List<KeyRow> rows) {
    TreeSet<String> names = new TreeSet<>(KeyDrawing::byNumber);
    Map<String, KeyRow> byPair = new HashMap<>();
    for (KeyRow row : rows) {
      names.add(row.low());
      names.add(row.high());
      byPair.merge(pair(row.low(), row.high()), row, KeyDrawing::worse);
    }
    List<String> order = List.copyOf(names);
    List<KeyMatrix.Label> labels = new ArrayList<>();
    List<KeyMatrix.Cell> cells = new ArrayList<>();
    int step = CELL + GAP;
    for (int row = 1; row < order.size(); row++) {
      int y = TOP + (row - 1) * step;
      labels.add(new KeyMatrix.Label(SIDE - 10, y + CELL / 2 + 5, order.get(row), "end"));
      for (int column = 0; column < row; column++) {
        int x = SIDE + column * step;
        if (row == column + 1) {
          labels.add(new KeyMatrix.Label(x + CELL / 2, y - 9, order.get(column), "middle"));
        }
        cells.add(cell(x, y, byPair.get(pair(order.get(column), order.get(row)))));
      }
    }
    int across = Math.max(1, order.size() - 1);
    return new KeyMatrix(SIDE + across * step + 30, TOP + across * step, labels, cells);
  }

  static Rotation rotation(JsonNode json) {
    List<Rotation.Wave> waves = new ArrayList<>();
    int done = 0;
    int total = 0;
    for (JsonNode wave : json.path("waves")) {
      List<Rotation.Line> lines = new ArrayList<>();
      for (JsonNode line : wave.isArray() ? wave : wave.path("links")) {
        String state = Texts.text(line, line.has("state") ? "state" : "stage");
        done += state.equals("DONE") || state.equals("DESTROYED") ? 1 : 0;
        total++;
        lines.add(
            new Rotation.Line(
                Texts.link(Texts.text(line, "link")),
                state.toLowerCase(Locale.ROOT),
                Texts.words(state) + " " + Texts.text(line, "why")));
      }
      waves.add(new Rotation.Wave(waves.size() + 1, lines));
    }
    StringJoiner words = new StringJoiner(", ");
    add(words, "", Texts.text(json, "scope"));
    add(words, "proposed by ", Texts.text(json, "proposedBy"));
    add(words, "approved by ", Texts.text(json, "approvedBy"));
    return new Rotation(
        Texts.text(json, "state"), words.toString(), Texts.text(json, "why"), done, total, waves);
  }

  static PlanView plan(JsonNode json, String scope, String field, String value) {
    List<List<String>> waves = new ArrayList<>();
    for (JsonNode wave : json.path("waves")) {
      List<String> links = new ArrayList<>();
      for (JsonNode link : wave.isArray() ? wave : wave.path("links")) {
        links.add(Texts.link(link.isTextual() ? link.asText() : Texts.text(link, "link")));
      }
      waves.add(links);
    }
    List<PlanView.Blocked> blocked = new ArrayList<>();
    json.path("blocked")
        .forEach(
            link ->
                blocked.add(
                    new PlanView.Blocked(
                        Texts.link(Texts.text(link, "link")), Texts.text(link, "why"))));
    return new PlanView(scope, field, value, waves, blocked);
  }

  /** The cuts in force, the latest first. */
  static List<CutRow> cuts(JsonNode keys, String reader) {
    List<CutRow> rows = new ArrayList<>();
    for (JsonNode cut : keys.path("cuts")) {
      rows.add(
          new CutRow(
              Texts.text(cut, "id"),
              Texts.text(cut, "target"),
              Texts.text(cut, "reason"),
              Texts.text(cut, "by"),
              Texts.text(cut, "at"),
              Texts.text(cut, "confirmedBy"),
              Texts.text(cut, "confirmUntil"),
              cut.path("overdue").asBoolean(),
              Texts.text(cut, "by").equals(reader)));
    }
    return rows;
  }

  static Standing standing(JsonNode json) {
    String state = Texts.text(json, "state");
    String words =
        switch (state) {
          case "FOUNDING" ->
              "The links the network was founded with get their first keys. Nothing is rotated by"
                  + " itself.";
          case "IN_FORCE" ->
              "A key is rotated every "
                  + Texts.text(json, "everyDays")
                  + " days, at most "
                  + Texts.text(json, "maxLinksPerDay")
                  + " links a day ("
                  + Texts.text(json, "leftToday")
                  + " left today), and new links get their first key, until "
                  + Texts.text(json, "until")
                  + ". Proposed by "
                  + Texts.text(json, "proposedBy")
                  + ", approved by "
                  + Texts.text(json, "approvedBy")
                  + ".";
          case "REVOKED" -> "Taken back by " + Texts.text(json, "revokedBy") + ".";
          case "ENDED" -> "It ended on " + Texts.text(json, "until") + ".";
          default -> "It is not known just now.";
        };
    return new Standing(state.isEmpty() ? "UNKNOWN" : state, words);
  }

  private static KeyMatrix.Cell cell(int x, int y, @org.jspecify.annotations.Nullable KeyRow row) {
    if (row == null) {
      return new KeyMatrix.Cell(x, y, CELL, "none", "", "", "no link");
    }
    String title =
        row.link()
            + "\n"
            + row.purpose()
            + ", epoch "
            + row.epoch()
            + ", "
            + row.stage()
            + ", "
            + row.age()
            + " old\n"
            + row.ends()
            + (row.why().isEmpty() ? "" : "\n" + row.why());
    return new KeyMatrix.Cell(x, y, CELL, row.state(), "e" + row.epoch(), row.age(), title);
  }

  private static KeyRow worse(KeyRow one, KeyRow other) {
    return rank(other) > rank(one) ? other : one;
  }

  private static int rank(KeyRow row) {
    return List.of("green", "yellow", "red").indexOf(row.state());
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + "," + other : other + "," + one;
  }

  // worker-2 before worker-10.
  private static int byNumber(String one, String other) {
    int length = Integer.compare(one.length(), other.length());
    return length != 0 ? length : one.compareTo(other);
  }

  private static void add(StringJoiner words, String before, String text) {
    if (!text.isEmpty()) {
      words.add(before + text);
    }
  }
}
