package io.elottery.reports.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who reports and how urgently, read without the rest: a flood is put in order for a tenth of what
 * reading it costs. Says nothing about the rest being well-formed.
 */
public record ReportHead(NodeId worker, Priority priority) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads {@link Report#toJson} as far as needed.
   *
   * @throws MalformedMessage when either is missing or wrong
   */
  public static ReportHead peek(byte[] json) throws MalformedMessage {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedMessage("report is not a JSON object");
      }
      return peek(parser);
    } catch (IOException notJson) {
      throw new MalformedMessage("report is not JSON");
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("report: " + wrong.getMessage());
    }
  }

  private static ReportHead peek(JsonParser parser) throws IOException, MalformedMessage {
    @Nullable NodeId worker = null;
    @Nullable Priority priority = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("worker") && value == JsonToken.VALUE_STRING) {
        worker = NodeId.of(parser.getText());
      } else if (field.equals("priority") && value == JsonToken.VALUE_STRING) {
        priority = Priority.valueOf(parser.getText());
      } else {
        parser.skipChildren();
      }
      if (worker != null && priority != null) {
        return new ReportHead(worker, priority);
      }
    }
    throw new MalformedMessage("report: expected \"worker\" and \"priority\"");
  }
}
