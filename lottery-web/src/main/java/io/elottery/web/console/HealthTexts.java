package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.EventRow;
import io.elottery.web.console.view.ExplainView;
import io.elottery.web.console.view.WrongRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Main's JSON about health as rows of pages. Pure. */
final class HealthTexts {
  private HealthTexts() {}

  /** Where a subject is explained; empty for one that has no page. */
  static String href(String subject) {
    return subject.matches("[A-Za-z0-9,-]{1,80}(/[A-Za-z0-9-]{1,40})?")
        ? "/explain/" + subject
        : "";
  }

  static List<WrongRow> troubles(JsonNode body) {
    List<WrongRow> rows = new ArrayList<>();
    for (JsonNode item : body.path("items")) {
      String subject = Texts.text(item, "subject");
      rows.add(
          new WrongRow(
              Texts.text(item, "code"),
              Texts.text(item, "severity"),
              subject,
              href(subject),
              Texts.text(item, "since"),
              Texts.text(item, "what"),
              Texts.text(item, "impact"),
              Texts.text(item, "next"),
              !Texts.text(item, "cause").isEmpty(),
              muted(item.path("mute"))));
    }
    return rows;
  }

  private static String muted(JsonNode mute) {
    return mute.isObject() ? TroublePages.mute(mute).words() : "";
  }

  static EventRow event(JsonNode item) {
    String subject = Texts.text(item, "subject");
    return new EventRow(
        Texts.text(item, "number"),
        Texts.text(item, "at"),
        Texts.text(item, "severity"),
        Texts.text(item, "code"),
        subject,
        href(subject),
        Texts.text(item, "text"));
  }

  /** In the order given. */
  static List<EventRow> events(JsonNode items) {
    List<EventRow> rows = new ArrayList<>();
    items.forEach(item -> rows.add(event(item)));
    return rows;
  }

  static ExplainView explanation(JsonNode body) {
    JsonNode draw = body.path("draw");
    return new ExplainView(
        Texts.text(body, "subject"),
        Texts.text(body, "code"),
        Texts.text(body, "severity"),
        Texts.text(body, "what"),
        Texts.text(body, "since"),
        Texts.text(body, "impact"),
        Texts.list(body.path("cause")),
        Texts.list(body.path("evidence")),
        Texts.text(body, "done"),
        Texts.text(body, "next"),
        events(body.path("events")),
        draw.isObject()
            ? Optional.of(
                new ExplainView.DrawView(
                    Texts.text(draw, "state"),
                    draw.path("sells").asBoolean(),
                    draw.path("canBeDrawn").asBoolean(),
                    Texts.text(draw, "shard"),
                    Texts.text(draw, "writer")))
            : Optional.empty());
  }
}
