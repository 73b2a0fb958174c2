package io.elottery.controller.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.hash.Sha256;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One message about a trouble. Its id follows from what it says, so that a main which takes over
 * and one that is restarted send the same one.
 *
 * @param at when it was made
 * @param trouble as it was then; of an ended one, as it was told last
 */
public record Alert(Stage stage, Instant at, Trouble trouble) {
  private static final int EVIDENCE_MAX = 10;
  private static final int WORDS_MAX = 400;

  /** Cuts what could grow without bound. */
  public Alert {
    trouble =
        new Trouble(
            trouble.code(),
            trouble.subject(),
            trouble.severity(),
            trouble.since(),
            cut(trouble.what()),
            cut(trouble.impact()),
            trouble.cause(),
            trouble.evidence().stream().limit(EVIDENCE_MAX).map(Alert::cut).toList(),
            cut(trouble.done()),
            cut(trouble.next()));
  }

  /** The value of {@code webhook-id}: the same for the same trouble, beginning and stage. */
  public String id() {
    String severity = stage == Stage.WORSENED ? ":" + trouble.severity() : "";
    String text = trouble.key() + "|" + trouble.since().toEpochMilli() + "|" + stage + severity;
    return "msg_" + Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** The bytes of the message: JSON, what is signed. */
  public byte[] body() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id())
            .put("type", stage.type())
            .put("at", at.toString());
    json.set("trouble", trouble.json());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a receiver that wants this severity and worse is to be told. */
  boolean concerns(Priority least) {
    return trouble.severity().compareTo(least) <= 0;
  }

  @Override
  public String toString() {
    return stage.type() + " " + trouble.key();
  }

  private static String cut(String words) {
    return words.length() <= WORDS_MAX ? words : words.substring(0, WORDS_MAX - 1) + "…";
  }
}
