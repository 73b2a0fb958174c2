package io.elottery.controller.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.reports.history.BucketSum;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.HealthSum;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.LinkName;
import io.elottery.reports.history.Measured;
import io.elottery.reports.history.Resolution;
import io.elottery.reports.history.ServerHealth;
import io.elottery.reports.rendering.HealthJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code GET /history/servers/{id}}, {@code /history/links/{a},{b}}, {@code /history/health}: from
 * this main's own disk and the running minute. On main's loop; summed up on the disk's executor.
 */
final class HistoryCalls {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SLACK = Duration.ofMinutes(2);

  private final NodeId self;
  private final NodeLoop loop;
  private final HistoryShelf shelf;
  private final Supplier<HealthBucket> running;

  /**
   * @param running the minute that is not over
   */
  HistoryCalls(NodeId self, NodeLoop loop, HistoryShelf shelf, Supplier<HealthBucket> running) {
    this.self = self;
    this.loop = loop;
    this.shelf = shelf;
    this.running = running;
  }

  void addTo(StaffCalls calls) {
    calls.addHere("GET", "/history/servers/{id}", Asked.READERS, this::server);
    calls.addHere("GET", "/history/links/{pair}", Asked.READERS, this::link);
    calls.addHere("GET", "/history/health", Asked.READERS, this::health);
  }

  private CompletableFuture<StaffAnswer> server(StaffRequest request) {
    try {
      NodeId server = Asked.node(request.part("id"), "id");
      Resolution resolution = span(request);
      ObjectNode body = head(resolution).put("server", server.name());
      ArrayNode points = body.putArray("points");
      return each(
          resolution,
          bucket -> {
            ServerHealth health = bucket.servers().get(server);
            if (health != null) {
              points.add(point(bucket.start(), health));
            }
          },
          body);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> link(StaffRequest request) {
    try {
      String[] ends = request.part("pair").split("[,~]", -1);
      if (ends.length != 2) {
        throw ActionRefused.invalid("link", "Expected two servers: worker-1,worker-2.");
      }
      LinkName there = new LinkName(Asked.node(ends[0], "link"), Asked.node(ends[1], "link"));
      Resolution resolution = span(request);
      ObjectNode body = head(resolution).put("link", there.toString());
      ArrayNode points = body.putArray("points");
      return each(
          resolution,
          bucket -> {
            for (LinkName name : List.of(there, there.back())) {
              LinkHealth health = bucket.links().get(name);
              if (health != null) {
                points.add(point(bucket.start(), name, health));
              }
            }
          },
          body);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  // CSV and PDF are made of this by whoever shows them: main draws no pictures.
  private CompletableFuture<StaffAnswer> health(StaffRequest request) {
    try {
      Instant now = loop.time().now();
      Instant to = Asked.instant(request, "to", now);
      Instant from = Asked.instant(request, "from", to.minus(DAY));
      if (!from.isBefore(to)) {
        throw ActionRefused.invalid("from", "Expected \"from\" before \"to\".");
      }
      if (!request.query().getOrDefault("format", "json").equals("json")) {
        throw ActionRefused.invalid("format", "Main answers in json; a gateway makes csv and pdf.");
      }
      // Who asks for a day means minutes, also when the question took a moment.
      Resolution resolution = Resolution.reaching(Duration.between(from, now).minus(SLACK));
      Instant kept = now.minus(resolution.kept());
      Instant first = resolution.floor(from.isBefore(kept) ? kept : from);
      HealthSum sum = new HealthSum(new HealthReport.Frame(first, to, resolution, now, self));
      return read(resolution, first, to, now, sum::add)
          .thenApply(none -> StaffAnswer.ok(HealthJson.of(sum.report())));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> each(
      Resolution resolution, Consumer<HealthBucket> take, ObjectNode body) {
    Instant now = loop.time().now();
    Instant from = resolution.floor(now.minus(resolution.kept()));
    return read(resolution, from, now, now, take).thenApply(none -> StaffAnswer.ok(body));
  }

  // The running bucket is made of its minutes so far.
  private CompletableFuture<Boolean> read(
      Resolution resolution, Instant from, Instant to, Instant now, Consumer<HealthBucket> take) {
    Instant last = resolution.floor(now);
    HealthBucket open = running.get();
    BucketSum unfinished = new BucketSum();
    return shelf
        .read(resolution, from, to.isAfter(last) ? last : to, take)
        .thenCompose(
            none ->
                to.isAfter(last)
                    ? shelf.read(Resolution.MINUTE, last, now, unfinished::add)
                    : CompletableFuture.completedFuture(true))
        .thenApply(
            none -> {
              if (to.isAfter(last)) {
                unfinished.add(open);
                take.accept(unfinished.bucket(resolution, last));
              }
              return true;
            });
  }

  private ObjectNode head(Resolution resolution) {
    Instant now = loop.time().now();
    return JsonNodeFactory.instance
        .objectNode()
        .put("from", resolution.floor(now.minus(resolution.kept())).toString())
        .put("to", now.toString())
        .put("resolution", resolution.text())
        .put("seconds", resolution.length().toSeconds());
  }

  private static Resolution span(StaffRequest request) throws ActionRefused {
    return switch (request.query().getOrDefault("span", "24h")) {
      case "24h" -> Resolution.MINUTE;
      case "7d" -> Resolution.TEN_MINUTES;
      case "90d" -> Resolution.HOUR;
      default -> throw ActionRefused.invalid("span", "Expected 24h, 7d or 90d in \"span\".");
    };
  }

  private static ObjectNode point(Instant at, ServerHealth health) {
    ObjectNode point = JsonNodeFactory.instance.objectNode().put("at", at.toString());
    point.set("verdictMillis", HealthJson.verdicts(health.verdicts()));
    point
        .put("reports", health.reports())
        .put("relayed", health.relayed())
        .put("missing", health.missing())
        .put("lost", health.lost());
    point.set("roundTrip", HealthJson.measured(Measured.of(health.roundTrip())));
    point.set("flush", HealthJson.measured(Measured.of(health.flush())));
    point.set("processorPermille", HealthJson.mean(health.processor()));
    point.set("heapPermille", HealthJson.mean(health.heap()));
    long disk = health.diskFreeBytes();
    return point
        .put("diskFreeBytes", disk == Long.MAX_VALUE ? 0 : disk)
        .put("queuedMax", health.queuedMax());
  }

  private static ObjectNode point(Instant at, LinkName name, LinkHealth health) {
    ObjectNode point =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", at.toString())
            .put("from", name.from().name())
            .put("to", name.to().name())
            .put("colour", health.colour().name());
    point.set("roundTrip", HealthJson.measured(Measured.of(health.roundTrip())));
    return point
        .put("sent", health.sent())
        .put("heard", health.heard())
        .put("lost", health.lost())
        .put("closedMillis", health.closedMillis())
        .put("oneWayMillis", health.oneWayMillis())
        .put("silentMillis", health.silentMillis())
        .put("knownMillis", health.knownMillis());
  }
}
