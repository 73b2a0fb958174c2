package io.elottery.reports.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.LinkFigures;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.LinkName;
import io.elottery.reports.history.Mean;
import io.elottery.reports.history.Measured;
import io.elottery.reports.history.Resolution;
import io.elottery.reports.history.ServerFigures;
import io.elottery.reports.history.VerdictTimes;
import io.elottery.reports.verdict.Verdict;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Health report ↔ JSON, {@code elottery/health/v1}: one form for main, gateway and command. */
public final class HealthJson {
  /** The format's name in the JSON. */
  public static final String FORMAT = "elottery/health/v1";

  private HealthJson() {}

  /** Writes it; fields in one fixed order. */
  public static ObjectNode of(HealthReport report) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", FORMAT)
            .put("from", report.from().toString())
            .put("to", report.to().toString())
            .put("resolution", report.resolution().name())
            .put("made", report.made().toString())
            .put("by", report.by().name())
            .put("headline", report.headline())
            .put("columnSeconds", report.column().toSeconds())
            .put("left", report.left());
    ArrayNode servers = json.putArray("servers");
    report.servers().forEach(server -> write(server, servers.addObject()));
    ArrayNode links = json.putArray("links");
    report.links().forEach(link -> write(link, links.addObject()));
    return json;
  }

  /** Reads {@link #of}. */
  public static HealthReport parse(JsonNode json) throws MalformedMessage {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new MalformedMessage("health report: expected \"format\": \"" + FORMAT + "\"");
    }
    try {
      List<ServerFigures> servers = new ArrayList<>();
      json.path("servers").forEach(server -> servers.add(server(server)));
      List<LinkFigures> links = new ArrayList<>();
      json.path("links").forEach(link -> links.add(link(link)));
      return new HealthReport(
          Instant.parse(json.path("from").asText()),
          Instant.parse(json.path("to").asText()),
          Resolution.valueOf(json.path("resolution").asText()),
          Instant.parse(json.path("made").asText()),
          NodeId.of(json.path("by").asText()),
          Duration.ofSeconds(json.path("columnSeconds").asLong()),
          servers,
          links,
          json.path("left").asInt());
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new MalformedMessage("health report: " + wrong.getMessage());
    }
  }

  private static void write(ServerFigures server, ObjectNode json) {
    json.put("server", server.server().name());
    json.set("verdictMillis", verdicts(server.verdicts()));
    json.put("timeline", server.timeline());
    ArrayNode trips = json.putArray("roundTripMicros");
    server.trips().forEach(trips::add);
    json.put("outages", server.outages())
        .put("reports", server.reports())
        .put("relayed", server.relayed())
        .put("missing", server.missing())
        .put("lost", server.lost());
    json.set("roundTrip", measured(server.roundTrip()));
    json.set("flush", measured(server.flush()));
    json.set("processorPermille", mean(server.processor()));
    json.set("heapPermille", mean(server.heap()));
    json.put("diskFreeBytes", server.diskFreeBytes()).put("queuedMax", server.queuedMax());
  }

  private static ServerFigures server(JsonNode json) {
    return new ServerFigures(
        NodeId.of(json.path("server").asText()),
        verdicts(json.path("verdictMillis")),
        json.path("timeline").asText(),
        trips(json.path("roundTripMicros")),
        json.path("outages").asInt(),
        json.path("reports").asLong(),
        json.path("relayed").asLong(),
        json.path("missing").asLong(),
        json.path("lost").asLong(),
        measured(json.path("roundTrip")),
        measured(json.path("flush")),
        mean(json.path("processorPermille")),
        mean(json.path("heapPermille")),
        json.path("diskFreeBytes").asLong(),
        json.path("queuedMax").asLong());
  }

  private static List<Long> trips(JsonNode json) {
    List<Long> trips = new ArrayList<>();
    json.forEach(each -> trips.add(each.asLong()));
    return trips;
  }

  private static void write(LinkFigures link, ObjectNode json) {
    json.put("from", link.link().from().name())
        .put("to", link.link().to().name())
        .put("colour", link.colour().name())
        .set("roundTrip", measured(link.roundTrip()));
    json.put("sent", link.sent())
        .put("heard", link.heard())
        .put("lost", link.lost())
        .put("closedMillis", link.closedMillis())
        .put("oneWayMillis", link.oneWayMillis())
        .put("silentMillis", link.silentMillis())
        .put("knownMillis", link.knownMillis());
  }

  private static LinkFigures link(JsonNode json) {
    return new LinkFigures(
        new LinkName(NodeId.of(json.path("from").asText()), NodeId.of(json.path("to").asText())),
        LinkHealth.Colour.valueOf(json.path("colour").asText()),
        measured(json.path("roundTrip")),
        json.path("sent").asLong(),
        json.path("heard").asLong(),
        json.path("lost").asLong(),
        json.path("closedMillis").asLong(),
        json.path("oneWayMillis").asLong(),
        json.path("silentMillis").asLong(),
        json.path("knownMillis").asLong());
  }

  /** Milliseconds by verdict; only those that held. */
  public static ObjectNode verdicts(VerdictTimes times) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Verdict each : Verdict.values()) {
      if (times.millis(each) > 0) {
        json.put(each.name(), times.millis(each));
      }
    }
    return json;
  }

  private static VerdictTimes verdicts(JsonNode json) {
    VerdictTimes times = VerdictTimes.NONE;
    for (Verdict each : Verdict.values()) {
      times = times.plus(VerdictTimes.of(each, json.path(each.name()).asLong()));
    }
    return times;
  }

  /** Count, mean, p99 and longest. */
  public static ObjectNode measured(Measured measured) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", measured.count())
        .put("meanMicros", measured.meanMicros())
        .put("p99Micros", measured.p99Micros())
        .put("maxMicros", measured.maxMicros());
  }

  private static Measured measured(JsonNode json) {
    return new Measured(
        json.path("count").asLong(),
        json.path("meanMicros").asLong(),
        json.path("p99Micros").asLong(),
        json.path("maxMicros").asLong());
  }

  /** Mean and highest; null when nothing was measured. */
  public static JsonNode mean(Mean mean) {
    return mean.isKnown()
        ? JsonNodeFactory.instance.objectNode().put("mean", mean.mean()).put("max", mean.max())
        : JsonNodeFactory.instance.nullNode();
  }

  private static Mean mean(JsonNode json) {
    return json.isObject()
        ? new Mean(1, json.path("mean").asLong(), json.path("max").asLong())
        : Mean.NONE;
  }
}
