package io.elottery.controller.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.health.EventDesk.Draft;
import io.elottery.controller.peers.MainKinds;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events between mains. Each new one is streamed; whoever finds a gap, or has just met another
 * main, says what it has and is told the rest. On main's loop.
 */
final class EventPeers {
  private static final Logger log = LoggerFactory.getLogger(EventPeers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration COMPARE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HealthPorts ports;
  private final EventLog events;
  private final Predicate<Draft> numbers;
  private final Consumer<Event> added;
  private final Set<NodeId> asking = new TreeSet<>();

  /**
   * @param numbers records another main's draft; false when this main may not
   * @param added told of each event that was streamed here
   */
  EventPeers(HealthPorts ports, EventLog events, Predicate<Draft> numbers, Consumer<Event> added) {
    this.ports = ports;
    this.events = events;
    this.numbers = numbers;
    this.added = added;
  }

  void start() {
    ports
        .board()
        .serve(MainKinds.EVENT_OFFER, this::offered)
        .serve(MainKinds.EVENTS_BEYOND, this::asked)
        .on(MainKinds.EVENT_STREAM, this::streamed);
    // A lost message that nothing follows would not be missed otherwise.
    ports.loop().every(COMPARE, () -> ports.mains().forEach(this::catchUp));
  }

  /** Tells all other mains. */
  void stream(Noted noted) {
    Envelope line = envelope(MainKinds.EVENT_STREAM, Noted.bytes(List.of(noted)));
    ports.mains().forEach(main -> ports.board().send(main, line));
  }

  /** Asks the main that acts for LEFT to number it; completes once it did. */
  CompletableFuture<Void> offer(NodeId leader, Draft draft) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", draft.source())
            .put("severity", draft.severity().name())
            .put("code", draft.code())
            .put("subject", draft.subject())
            .put("text", draft.text());
    return ports
        .board()
        .call(leader, envelope(MainKinds.EVENT_OFFER, bytes(json)), PATIENCE)
        .thenAccept(taken -> {});
  }

  /** Asks another main for what this one lacks, until there is nothing more. */
  void catchUp(NodeId main) {
    if (!asking.add(main)) {
      return;
    }
    ObjectNode has = JsonNodeFactory.instance.objectNode();
    events.highest().forEach((fence, number) -> has.put(String.valueOf(fence), number));
    ports
        .board()
        .call(main, envelope(MainKinds.EVENTS_BEYOND, bytes(has)), PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              asking.remove(main);
              if (answer != null && took(main, answer.body()) == AT_ONCE) {
                catchUp(main);
              }
            });
  }

  private int took(NodeId main, byte[] lines) {
    try {
      List<Noted> more = Noted.parse(lines);
      more.forEach(this::take);
      return more.size();
    } catch (MalformedMessage malformed) {
      log.warn("events of {} dropped: {}", main, malformed.getMessage());
      return 0;
    }
  }

  private void take(Noted noted) {
    if (events.add(noted)) {
      added.accept(noted.event());
    }
  }

  private void streamed(Peer from, Envelope envelope) {
    if (from.role() != Role.MAIN) {
      return;
    }
    try {
      for (Noted noted : Noted.parse(envelope.body())) {
        Event event = noted.event();
        long before =
            Math.max(events.highest(event.fence()), event.fence() * Event.UNDER_ONE_FENCE);
        if (event.number() == before + 1) {
          take(noted);
        } else if (event.number() > before) {
          catchUp(from.id());
        }
      }
    } catch (MalformedMessage malformed) {
      log.warn("event of {} dropped: {}", from, malformed.getMessage());
    }
  }

  private void offered(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains record events");
      return;
    }
    try {
      JsonNode json = JSON.readTree(request.body());
      Draft draft =
          new Draft(
              json.path("source").asText(""),
              Priority.valueOf(json.path("severity").asText("")),
              json.path("code").asText(""),
              json.path("subject").asText(""),
              json.path("text").asText(""));
      if (draft.source().isEmpty() || draft.code().isEmpty()) {
        answer.refuse("MALFORMED", "event: expected source and code");
      } else if (numbers.test(draft)) {
        answer.reply(envelope(MainKinds.EVENT_TAKEN, new byte[0]));
      } else {
        answer.refuse("NOT_READY", "this main does not act for LEFT; ask again");
      }
    } catch (IOException | IllegalArgumentException wrong) {
      answer.refuse("MALFORMED", "event: " + wrong.getMessage());
    }
  }

  private void asked(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains copy events");
      return;
    }
    try {
      SortedMap<Long, Long> has = new TreeMap<>();
      JSON.readTree(request.body())
          .properties()
          .forEach(each -> has.put(Long.parseLong(each.getKey()), each.getValue().asLong()));
      answer.reply(envelope(MainKinds.EVENTS, Noted.bytes(events.beyond(has, AT_ONCE))));
    } catch (IOException | IllegalArgumentException wrong) {
      answer.refuse("MALFORMED", "events: " + wrong.getMessage());
    }
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("a tree is written", ours);
    }
  }

  private static Envelope envelope(int kind, byte[] body) {
    return new Envelope(kind, MainKinds.VERSION, body);
  }
}
