package io.elottery.reports.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void theJsonIsReadBack() throws MalformedMessage {
    Event event =
        new Event(300_000_001, AT, Priority.CRITICAL, "SERVER_DOWN", "worker-7", "It is down.");

    assertThat(event.json().toString())
        .isEqualTo(
            "{\"number\":300000001,\"at\":\"2026-11-21T08:00:00Z\",\"severity\":\"CRITICAL\","
                + "\"code\":\"SERVER_DOWN\",\"subject\":\"worker-7\",\"text\":\"It is down.\"}");
    assertThat(Event.parse(event.json())).isEqualTo(event);
    assertThat(event.fence()).isEqualTo(3);
  }

  @Test
  void theEndOfATroubleHasTheTroublesKey() {
    Event over = new Event(1, AT, Priority.NOTICE, "SERVER_DOWN_OVER", "worker-7", "");

    assertThat(over.isOver()).isTrue();
    assertThat(over.key()).isEqualTo("SERVER_DOWN:worker-7");
  }

  @Test
  void aLongTextIsCutAndNonsenseIsRefused() {
    Event event = new Event(1, AT, Priority.NOTICE, "X", "y", "z".repeat(5_000));

    assertThat(event.text()).hasSize(Event.TEXT_MAX).endsWith("…");
    assertThatThrownBy(() -> Event.parse(JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(MalformedMessage.class);
  }
}
