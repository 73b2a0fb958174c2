package io.elottery.controller.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timer;
import io.elottery.reports.history.ReportLog;
import io.elottery.reports.history.ReportNumbers;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * {@code GET /reports?worker=&priority=&after=&limit=&wait=}: the last reports this main took, the
 * newest last; relayed ones say by whom, numbers that never came are named, what was shed is
 * counted. {@code next} goes on where the answer ended, at any main. On main's loop.
 */
final class ReportCalls {
  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;
  private static final int BYTES_MAX =
      2 << 20; // So that an answer stays under an envelope's 4 MiB.
  private static final int WAIT_MAX_SECONDS = 10;
  private static final int WAITERS_MAX = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Wanted(Predicate<ReportLog.Entry> filter, Optional<NodeId> worker, int limit) {}

  private record Waiter(
      long after, Wanted wanted, CompletableFuture<StaffAnswer> answer, Timer timer) {}

  private final HistoryDesk desk;
  private final ReportLog log;
  private final List<Waiter> waiters = new ArrayList<>();

  ReportCalls(HistoryDesk desk, ReportLog log) {
    this.desk = desk;
    this.log = log;
  }

  void addTo(StaffCalls calls) {
    calls.addHere("GET", "/reports", Asked.READERS, this::reports);
  }

  /** One more came. */
  void added() {
    for (Waiter waiter : List.copyOf(waiters)) {
      List<ReportLog.Entry> found =
          log.after(waiter.after, waiter.wanted.limit, waiter.wanted.filter);
      if (!found.isEmpty()) {
        waiter.timer.cancel();
        waiter.answer.complete(answer(found, waiter.wanted, waiter.after));
      }
    }
  }

  private CompletableFuture<StaffAnswer> reports(StaffRequest request) {
    try {
      Wanted wanted = wanted(request);
      String cursor = request.query().getOrDefault("after", "");
      if (cursor.isEmpty()) {
        List<ReportLog.Entry> newest = log.newest(wanted.limit, wanted.filter);
        return CompletableFuture.completedFuture(answer(newest, wanted, log.last()));
      }
      long after = sequence(cursor);
      List<ReportLog.Entry> found = log.after(after, wanted.limit, wanted.filter);
      long wait = Math.min(WAIT_MAX_SECONDS, Asked.number(request, "wait", 0));
      if (!found.isEmpty() || wait == 0 || waiters.size() >= WAITERS_MAX) {
        return CompletableFuture.completedFuture(answer(found, wanted, after));
      }
      return later(after, wanted, Duration.ofSeconds(wait));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> later(long after, Wanted wanted, Duration wait) {
    CompletableFuture<StaffAnswer> answer = new CompletableFuture<>();
    Timer timer =
        desk.loop().after(wait, () -> answer.complete(answer(List.of(), wanted, log.last())));
    Waiter waiter = new Waiter(after, wanted, answer, timer);
    waiters.add(waiter);
    return answer.whenComplete((done, problem) -> waiters.remove(waiter));
  }

  private static Wanted wanted(StaffRequest request) throws ActionRefused {
    Optional<NodeId> worker = Optional.empty();
    String name = request.query().getOrDefault("worker", "");
    if (!name.isEmpty()) {
      worker = Optional.of(Asked.node(name, "worker"));
    }
    Priority atLeast = Asked.priority(request);
    int limit = (int) Math.max(1, Math.min(PAGE_MAX, Asked.number(request, "limit", PAGE)));
    return new Wanted(ReportLog.wanting(worker, atLeast), worker, limit);
  }

  // "main-1:1234:1763723456789": another main, or this one after a restart, goes on by the time.
  private long sequence(String cursor) throws ActionRefused {
    String[] parts = cursor.split(":", -1);
    if (parts.length == 1 && Asked.isNumber(parts[0])) {
      return Long.parseLong(parts[0]);
    }
    if (parts.length != 3 || !Asked.isNumber(parts[1]) || !Asked.isNumber(parts[2])) {
      throw ActionRefused.invalid("after", "Expected what \"next\" of an answer said.");
    }
    long sequence = Long.parseLong(parts[1]);
    boolean own = parts[0].equals(desk.self().name()) && sequence <= log.last();
    return own ? sequence : log.lastAt(Instant.ofEpochMilli(Long.parseLong(parts[2])));
  }

  private StaffAnswer answer(List<ReportLog.Entry> found, Wanted wanted, long seen) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    long last = seen;
    int bytes = 0;
    for (ReportLog.Entry entry : found) {
      byte[] json = entry.report().toJson();
      bytes += json.length;
      if (bytes > BYTES_MAX && !items.isEmpty()) {
        break;
      }
      items.add(item(entry, json));
      last = entry.sequence();
    }
    ArrayNode gaps = body.putArray("gaps");
    for (ReportNumbers.Gap gap : desk.gaps()) {
      if (wanted.worker.map(gap.worker()::equals).orElse(true)) {
        gaps.addObject()
            .put("worker", gap.worker().name())
            .put("incarnation", gap.incarnation())
            .put("from", gap.from())
            .put("to", gap.to())
            .put("noticed", gap.noticed().toString());
      }
    }
    ObjectNode shed = body.putObject("shed");
    for (Priority priority : Priority.values()) {
      shed.put(priority.name(), desk.shed(priority));
    }
    body.put("missed", desk.missed()).put("main", desk.self().name());
    body.put("next", desk.self() + ":" + last + ":" + desk.loop().time().now().toEpochMilli());
    return StaffAnswer.ok(body);
  }

  private static JsonNode item(ReportLog.Entry entry, byte[] json) {
    Report report = entry.report();
    try {
      ObjectNode item = (ObjectNode) JSON.readTree(json);
      item.put("sequence", entry.sequence());
      item.put("received", entry.received().toString());
      item.put("relayed", report.relayedBy().isPresent());
      return item;
    } catch (IOException ours) {
      throw new IllegalStateException("a report is JSON", ours);
    }
  }
}
