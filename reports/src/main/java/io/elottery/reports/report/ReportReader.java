package io.elottery.reports.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one report token by token, in whatever order its fields come: no tree is built, and a list
 * that is too long is refused before it is read.
 */
final class ReportReader {
  private final JsonParser in;

  private ReportReader(JsonParser in) {
    this.in = in;
  }

  static Report read(byte[] bytes) throws MalformedMessage {
    if (bytes.length > Report.BYTES_MAX) {
      throw new MalformedMessage(
          "report of " + bytes.length + " bytes: at most " + Report.BYTES_MAX);
    }
    try (JsonParser in = ReportJson.FACTORY.createParser(bytes)) {
      Report report = new ReportReader(in).report();
      if (in.nextToken() != null) {
        throw new MalformedMessage("report is not JSON: something follows its end");
      }
      return report;
    } catch (IOException notJson) {
      throw new MalformedMessage("report is not JSON");
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
      throw new MalformedMessage("report: " + wrong.getMessage());
    }
  }

  /** Reads one thing of the field's list, whose first token is the current one. */
  private interface Part<T> {
    T read(String field) throws IOException, MalformedMessage;
  }

  private Report report() throws IOException, MalformedMessage {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedMessage("report is not a JSON object");
    }
    String format = null;
    NodeId worker = null;
    Long incarnation = null;
    Long number = null;
    Instant at = null;
    Priority priority = null;
    Boolean hearsMain = null;
    Boolean doubtful = null;
    Verdict verdict = null;
    List<String> notes = null;
    Load load = null;
    List<NeighbourReport> neighbours = null;
    List<ShardReport> shards = null;
    Optional<NodeId> relayedBy = Optional.empty();
    for (String name = next(); name != null; name = next()) {
      switch (name) {
        case "format" -> format = text(name);
        case "worker" -> worker = NodeId.of(text(name));
        case "incarnation" -> incarnation = whole(name);
        case "number" -> number = whole(name);
        case "at" -> at = Instants.parse(text(name));
        case "priority" -> priority = Priority.valueOf(text(name));
        case "hearsMain" -> hearsMain = claim(name);
        case "doubtful" -> doubtful = claim(name);
        case "verdict" -> verdict = Verdict.valueOf(text(name));
        case "notes" -> notes = list(name, this::text);
        case "load" -> load = load();
        case "neighbours" -> neighbours = list(name, this::neighbour);
        case "shards" -> shards = list(name, this::shard);
        case "relayedBy" -> relayedBy = optionalId(name);
        default -> in.skipChildren();
      }
    }
    if (!Report.FORMAT.equals(format)) {
      throw new MalformedMessage("report's format: expected " + Report.FORMAT);
    }
    return new Report(
        there(worker, "worker"),
        there(incarnation, "incarnation"),
        there(number, "number"),
        there(at, "at"),
        there(priority, "priority"),
        there(hearsMain, "hearsMain"),
        there(doubtful, "doubtful"),
        there(verdict, "verdict"),
        there(notes, "notes"),
        there(load, "load"),
        there(neighbours, "neighbours"),
        there(shards, "shards"),
        relayedBy);
  }

  private Load load() throws IOException, MalformedMessage {
    Double processor = null;
    Long heapUsed = null;
    Long heapMax = null;
    Long diskFree = null;
    Duration flush = null;
    Long queued = null;
    Duration queueAge = Duration.ZERO;
    long permille = 0;
    open("load");
    for (String name = next(); name != null; name = next()) {
      switch (name) {
        case "processor" -> processor = number(name);
        case "heapUsedBytes" -> heapUsed = whole(name);
        case "heapMaxBytes" -> heapMax = whole(name);
        case "diskFreeBytes" -> diskFree = whole(name);
        case "flushMicros" -> flush = duration(name);
        case "loopQueued" -> queued = whole(name);
        case "queueAgeMicros" -> queueAge = duration(name);
        case "permille" -> permille = whole(name);
        default -> in.skipChildren();
      }
    }
    return new Load(
        there(processor, "processor"),
        there(heapUsed, "heapUsedBytes"),
        there(heapMax, "heapMaxBytes"),
        there(diskFree, "diskFreeBytes"),
        there(flush, "flushMicros"),
        Math.toIntExact(there(queued, "loopQueued")),
        queueAge,
        Math.toIntExact(permille));
  }

  private NeighbourReport neighbour(String list) throws IOException, MalformedMessage {
    NodeId neighbour = null;
    Long sent = null;
    Long heard = null;
    Long lost = null;
    Duration roundTrip = null;
    Double suspicion = null;
    NeighbourReport.Trust trust = null;
    Instant since = null;
    Boolean connected = null;
    Boolean refused = null;
    Boolean hearsMain = null;
    Boolean hearsMe = null;
    open(list);
    for (String name = next(); name != null; name = next()) {
      switch (name) {
        case "neighbour" -> neighbour = NodeId.of(text(name));
        case "sent" -> sent = whole(name);
        case "heard" -> heard = whole(name);
        case "lost" -> lost = whole(name);
        case "roundTripMicros" -> roundTrip = duration(name);
        case "suspicion" -> suspicion = number(name);
        case "trust" -> trust = NeighbourReport.Trust.valueOf(text(name));
        case "since" -> since = Instants.parse(text(name));
        case "connected" -> connected = claim(name);
        case "refused" -> refused = claim(name);
        case "hearsMain" -> hearsMain = claim(name);
        case "hearsMe" -> hearsMe = claim(name);
        default -> in.skipChildren();
      }
    }
    return new NeighbourReport(
        there(neighbour, "neighbour"),
        there(sent, "sent"),
        there(heard, "heard"),
        there(lost, "lost"),
        there(roundTrip, "roundTripMicros"),
        there(suspicion, "suspicion"),
        there(trust, "trust"),
        there(since, "since"),
        there(connected, "connected"),
        there(refused, "refused"),
        there(hearsMain, "hearsMain"),
        there(hearsMe, "hearsMe"));
  }

  private ShardReport shard(String list) throws IOException, MalformedMessage {
    Long shard = null;
    ShardReport.ReplicaRole role = null;
    Optional<NodeId> writer = Optional.empty();
    Long term = null;
    Long commit = null;
    Long applied = null;
    List<NodeId> members = null;
    open(list);
    for (String name = next(); name != null; name = next()) {
      switch (name) {
        case "shard" -> shard = whole(name);
        case "role" -> role = ShardReport.ReplicaRole.valueOf(text(name));
        case "writer" -> writer = optionalId(name);
        case "term" -> term = whole(name);
        case "commit" -> commit = whole(name);
        case "applied" -> applied = whole(name);
        case "members" -> members = list(name, field -> NodeId.of(text(field)));
        default -> in.skipChildren();
      }
    }
    return new ShardReport(
        Math.toIntExact(there(shard, "shard")),
        there(role, "role"),
        writer,
        there(term, "term"),
        there(commit, "commit"),
        there(applied, "applied"),
        there(members, "members"));
  }

  // The next field's name, with its value as the current token; null at the end of the object.
  private @Nullable String next() throws IOException {
    String name = in.nextFieldName();
    if (name != null) {
      in.nextToken();
    }
    return name;
  }

  private void open(String name) throws MalformedMessage {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new MalformedMessage("report's \"" + name + "\": expected an object");
    }
  }

  private <T> List<T> list(String name, Part<T> part) throws IOException, MalformedMessage {
    List<T> list = new ArrayList<>();
    boolean opened = in.currentToken() == JsonToken.START_ARRAY;
    while (opened && in.nextToken() != JsonToken.END_ARRAY && list.size() < Report.PARTS_MAX) {
      list.add(part.read(name));
    }
    if (!opened || in.currentToken() != JsonToken.END_ARRAY) {
      throw new MalformedMessage(
          "report's \"" + name + "\": expected a list of at most " + Report.PARTS_MAX);
    }
    return list;
  }

  private String text(String name) throws IOException, MalformedMessage {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new MalformedMessage("report's \"" + name + "\": expected text");
    }
    return in.getText();
  }

  private long whole(String name) throws IOException, MalformedMessage {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
        || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new MalformedMessage("report's \"" + name + "\": expected a whole number");
    }
    return in.getLongValue();
  }

  private double number(String name) throws IOException, MalformedMessage {
    if (!in.currentToken().isNumeric() || !Double.isFinite(in.getDoubleValue())) {
      throw new MalformedMessage("report's \"" + name + "\": expected a number");
    }
    return in.getDoubleValue();
  }

  private boolean claim(String name) throws MalformedMessage {
    if (!in.currentToken().isBoolean()) {
      throw new MalformedMessage("report's \"" + name + "\": expected true or false");
    }
    return in.currentToken() == JsonToken.VALUE_TRUE;
  }

  private Duration duration(String name) throws IOException, MalformedMessage {
    return Duration.ofNanos(Math.multiplyExact(whole(name), 1_000L));
  }

  private Optional<NodeId> optionalId(String name) throws IOException, MalformedMessage {
    return in.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(NodeId.of(text(name)));
  }

  private static <T> T there(@Nullable T value, String name) throws MalformedMessage {
    if (value == null) {
      throw new MalformedMessage("report has no \"" + name + "\"");
    }
    return value;
  }
}
