package io.elottery.reports.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.elottery.foundation.id.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Report → JSON. Fields are written in one fixed order; {@link ReportReader} reads them. */
final class ReportJson {
  // One report has one meaning: no field twice.
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final int USUAL_LENGTH = 1_024;

  private ReportJson() {}

  static byte[] write(Report report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_LENGTH);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(report, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes whatever is written", impossible);
    }
    return out.toByteArray();
  }

  private static void write(Report report, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", Report.FORMAT);
    json.writeStringField("worker", report.worker().name());
    json.writeNumberField("incarnation", report.incarnation());
    json.writeNumberField("number", report.number());
    json.writeStringField("at", Instants.text(report.at()));
    json.writeStringField("priority", report.priority().name());
    json.writeBooleanField("hearsMain", report.hearsMain());
    json.writeBooleanField("doubtful", report.doubtful());
    json.writeStringField("verdict", report.verdict().name());
    json.writeArrayFieldStart("notes");
    for (String note : report.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    write(report.load(), json);
    json.writeArrayFieldStart("neighbours");
    for (NeighbourReport neighbour : report.neighbours()) {
      write(neighbour, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("shards");
    for (ShardReport shard : report.shards()) {
      write(shard, json);
    }
    json.writeEndArray();
    if (report.relayedBy().isPresent()) {
      json.writeStringField("relayedBy", report.relayedBy().get().name());
    }
    json.writeEndObject();
  }

  private static void write(Load load, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("load");
    json.writeNumberField("processor", load.processor());
    json.writeNumberField("heapUsedBytes", load.heapUsedBytes());
    json.writeNumberField("heapMaxBytes", load.heapMaxBytes());
    json.writeNumberField("diskFreeBytes", load.diskFreeBytes());
    json.writeNumberField("flushMicros", micros(load.flush()));
    json.writeNumberField("loopQueued", load.loopQueued());
    // Later fields; what is not there is 0.
    if (!load.queueAge().isZero()) {
      json.writeNumberField("queueAgeMicros", micros(load.queueAge()));
    }
    if (load.permille() > 0) {
      json.writeNumberField("permille", load.permille());
    }
    json.writeEndObject();
  }

  private static void write(NeighbourReport neighbour, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("neighbour", neighbour.neighbour().name());
    json.writeNumberField("sent", neighbour.sent());
    json.writeNumberField("heard", neighbour.heard());
    json.writeNumberField("lost", neighbour.lost());
    json.writeNumberField("roundTripMicros", micros(neighbour.roundTrip()));
    json.writeNumberField("suspicion", neighbour.suspicion());
    json.writeStringField("trust", neighbour.trust().name());
    json.writeStringField("since", Instants.text(neighbour.since()));
    json.writeBooleanField("connected", neighbour.connected());
    json.writeBooleanField("refused", neighbour.refused());
    json.writeBooleanField("hearsMain", neighbour.hearsMain());
    json.writeBooleanField("hearsMe", neighbour.hearsMe());
    json.writeEndObject();
  }

  private static void write(ShardReport shard, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("shard", shard.shard());
    json.writeStringField("role", shard.role().name());
    if (shard.writer().isPresent()) {
      json.writeStringField("writer", shard.writer().get().name());
    }
    json.writeNumberField("term", shard.term());
    json.writeNumberField("commit", shard.commit());
    json.writeNumberField("applied", shard.applied());
    json.writeArrayFieldStart("members");
    for (NodeId member : shard.members()) {
      json.writeString(member.name());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
