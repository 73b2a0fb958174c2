package io.elottery.reports.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Report ↔ JSON. Fields are written in one fixed order. */
final class ReportJson {
  // One report has one meaning: no field twice, nothing after its end.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ReportJson() {}

  static byte[] write(Report report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", Report.FORMAT);
    json.put("worker", report.worker().name());
    json.put("incarnation", report.incarnation());
    json.put("number", report.number());
    json.put("at", report.at().toString());
    json.put("priority", report.priority().name());
    json.put("hearsMain", report.hearsMain());
    json.put("doubtful", report.doubtful());
    json.put("verdict", report.verdict().name());
    ArrayNode notes = json.putArray("notes");
    report.notes().forEach(notes::add);
    Load load = report.load();
    ObjectNode busy = json.putObject("load");
    busy.put("processor", load.processor())
        .put("heapUsedBytes", load.heapUsedBytes())
        .put("heapMaxBytes", load.heapMaxBytes())
        .put("diskFreeBytes", load.diskFreeBytes())
        .put("flushMicros", micros(load.flush()))
        .put("loopQueued", load.loopQueued());
    // Later fields; what is not there is 0.
    if (!load.queueAge().isZero()) {
      busy.put("queueAgeMicros", micros(load.queueAge()));
    }
    if (load.permille() > 0) {
      busy.put("permille", load.permille());
    }
    ArrayNode neighbours = json.putArray("neighbours");
    report.neighbours().forEach(neighbour -> write(neighbour, neighbours.addObject()));
    ArrayNode shards = json.putArray("shards");
    report.shards().forEach(shard -> write(shard, shards.addObject()));
    report.relayedBy().ifPresent(by -> json.put("relayedBy", by.name()));
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
    }
  }

  private static void write(NeighbourReport neighbour, ObjectNode json) {
    json.put("neighbour", neighbour.neighbour().name());
    json.put("sent", neighbour.sent());
    json.put("heard", neighbour.heard());
    json.put("lost", neighbour.lost());
    json.put("roundTripMicros", micros(neighbour.roundTrip()));
    json.put("suspicion", neighbour.suspicion());
    json.put("trust", neighbour.trust().name());
    json.put("since", neighbour.since().toString());
    json.put("connected", neighbour.connected());
    json.put("refused", neighbour.refused());
    json.put("hearsMain", neighbour.hearsMain());
    json.put("hearsMe", neighbour.hearsMe());
  }

  private static void write(ShardReport shard, ObjectNode json) {
    json.put("shard", shard.shard());
    json.put("role", shard.role().name());
    shard.writer().ifPresent(writer -> json.put("writer", writer.name()));
    json.put("term", shard.term());
    json.put("commit", shard.commit());
    json.put("applied", shard.applied());
    ArrayNode members = json.putArray("members");
    shard.members().forEach(member -> members.add(member.name()));
  }

  static Report read(byte[] bytes) throws MalformedMessage {
    if (bytes.length > Report.BYTES_MAX) {
      throw new MalformedMessage(
          "report of " + bytes.length + " bytes: at most " + Report.BYTES_MAX);
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(bytes);
    } catch (IOException notJson) {
      throw new MalformedMessage("report is not JSON");
    }
    if (json == null || !json.isObject()) {
      throw new MalformedMessage("report is not a JSON object");
    }
    if (!Report.FORMAT.equals(text(json, "format"))) {
      throw new MalformedMessage("report's format: expected " + Report.FORMAT);
    }
    try {
      JsonNode load = field(json, "load");
      List<String> notes = new ArrayList<>();
      for (JsonNode note : array(json, "notes")) {
        notes.add(textOf(note, "notes"));
      }
      List<NeighbourReport> neighbours = new ArrayList<>();
      for (JsonNode neighbour : array(json, "neighbours")) {
        neighbours.add(neighbour(neighbour));
      }
      List<ShardReport> shards = new ArrayList<>();
      for (JsonNode shard : array(json, "shards")) {
        shards.add(shard(shard));
      }
      return new Report(
          NodeId.of(text(json, "worker")),
          whole(json, "incarnation"),
          whole(json, "number"),
          Instants.parse(text(json, "at")),
          Priority.valueOf(text(json, "priority")),
          claim(json, "hearsMain"),
          claim(json, "doubtful"),
          Verdict.valueOf(text(json, "verdict")),
          notes,
          new Load(
              number(load, "processor"),
              whole(load, "heapUsedBytes"),
              whole(load, "heapMaxBytes"),
              whole(load, "diskFreeBytes"),
              duration(load, "flushMicros"),
              small(load, "loopQueued"),
              load.has("queueAgeMicros") ? duration(load, "queueAgeMicros") : Duration.ZERO,
              load.has("permille") ? small(load, "permille") : 0),
          neighbours,
          shards,
          optionalId(json, "relayedBy"));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException wrong) {
      throw new MalformedMessage("report: " + wrong.getMessage());
    }
  }

  private static NeighbourReport neighbour(JsonNode json) throws MalformedMessage {
    return new NeighbourReport(
        NodeId.of(text(json, "neighbour")),
        whole(json, "sent"),
        whole(json, "heard"),
        whole(json, "lost"),
        duration(json, "roundTripMicros"),
        number(json, "suspicion"),
        NeighbourReport.Trust.valueOf(text(json, "trust")),
        Instants.parse(text(json, "since")),
        claim(json, "connected"),
        claim(json, "refused"),
        claim(json, "hearsMain"),
        claim(json, "hearsMe"));
  }

  private static ShardReport shard(JsonNode json) throws MalformedMessage {
    List<NodeId> members = new ArrayList<>();
    for (JsonNode member : array(json, "members")) {
      members.add(NodeId.of(textOf(member, "members")));
    }
    return new ShardReport(
        small(json, "shard"),
        ShardReport.ReplicaRole.valueOf(text(json, "role")),
        optionalId(json, "writer"),
        whole(json, "term"),
        whole(json, "commit"),
        whole(json, "applied"),
        members);
  }

  private static JsonNode field(JsonNode json, String name) throws MalformedMessage {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new MalformedMessage("report has no \"" + name + "\"");
    }
    return value;
  }

  private static JsonNode array(JsonNode json, String name) throws MalformedMessage {
    JsonNode value = field(json, name);
    if (!value.isArray() || value.size() > Report.PARTS_MAX) {
      throw new MalformedMessage(
          "report's \"" + name + "\": expected a list of at most " + Report.PARTS_MAX);
    }
    return value;
  }

  private static String text(JsonNode json, String name) throws MalformedMessage {
    return textOf(field(json, name), name);
  }

  private static String textOf(JsonNode value, String name) throws MalformedMessage {
    if (!value.isTextual()) {
      throw new MalformedMessage("report's \"" + name + "\": expected text");
    }
    return value.textValue();
  }

  private static long whole(JsonNode json, String name) throws MalformedMessage {
    JsonNode value = field(json, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedMessage("report's \"" + name + "\": expected a whole number");
    }
    return value.longValue();
  }

  private static int small(JsonNode json, String name) throws MalformedMessage {
    return Math.toIntExact(whole(json, name));
  }

  private static double number(JsonNode json, String name) throws MalformedMessage {
    JsonNode value = field(json, name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new MalformedMessage("report's \"" + name + "\": expected a number");
    }
    return value.doubleValue();
  }

  private static boolean claim(JsonNode json, String name) throws MalformedMessage {
    JsonNode value = field(json, name);
    if (!value.isBoolean()) {
      throw new MalformedMessage("report's \"" + name + "\": expected true or false");
    }
    return value.booleanValue();
  }

  private static Optional<NodeId> optionalId(JsonNode json, String name) throws MalformedMessage {
    return json.hasNonNull(name) ? Optional.of(NodeId.of(text(json, name))) : Optional.empty();
  }

  private static Duration duration(JsonNode json, String name) throws MalformedMessage {
    return Duration.ofNanos(Math.multiplyExact(whole(json, name), 1_000L));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
