package io.elottery.controller.alerts;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.mutes.MuteDesk;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.keyvault.webhook.SignedAlert;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Mains with their alert desks, records that may fail, and receivers that lose and delay. */
final class AlertTown {
  final Wire wire = new Wire();
  final SimRandom random;
  final ShakyRecords records = new ShakyRecords();
  final Map<String, Main> mains = new TreeMap<>();
  final List<Received> received = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final Map<String, Trouble> troubles = new TreeMap<>();
  final Map<String, Integer> excused = new TreeMap<>();
  final Map<String, Integer> refusing = new TreeMap<>(); // Status that a webhook answers instead.
  double lostRequests;
  double lostAnswers;
  long answerMillis = 5;
  private long fence = 3;

  /** What came to a receiver. */
  record Received(String webhook, String id, String body, Instant at, String by) {}

  AlertTown(long seed) {
    random = new SimRandom(seed);
  }

  /** One main; it sees troubles begin a little later than the one before. */
  final class Main {
    final String name;
    final Wire.Station station;
    final Hemispheres halves;
    final WebhookBook book;
    final MuteDesk mutes;
    final AlertDesk desk;
    final long lateMillis;
    final List<String> underWay = new ArrayList<>();

    Main(String name) {
      this.name = name;
      lateMillis = 137L * mains.size();
      station = wire.station(name, Role.MAIN);
      halves = new Hemispheres(station.id);
      book = new WebhookBook(records, station.loop, (a, code, s, text) -> events.add(code));
      mutes = new MuteDesk(records, station.loop, wire, (a, code, s, text) -> events.add(code));
      desk =
          new AlertDesk(
              new AlertDesk.Ports(
                  station.loop,
                  station.loop,
                  wire,
                  SimRandom.named(random.nextLong(), name),
                  records,
                  (webhook, id, body) ->
                      CompletableFuture.completedFuture(
                          Optional.of(new SignedAlert(webhook, 1, "v1,"))),
                  (signed, id, body) -> post(this, signed.url(), id, body),
                  (severity, code, subject, text) -> events.add(code),
                  mutes::current,
                  book));
      halves.add(mutes);
      halves.add(book);
      halves.add(desk);
      mutes.start();
      desk.start();
      mains.put(name, this);
    }

    void tell() {
      List<Trouble> seen = troubles.values().stream().map(one -> later(one, lateMillis)).toList();
      mutes.changed(seen);
      desk.changed(seen);
    }
  }

  Main main(String name) {
    return new Main(name);
  }

  /** This main acts for LEFT under a newer fence. The others learn it when told, or never. */
  void elect(Main main) {
    fence++;
    records.newest = fence;
    mains.values().forEach(one -> one.underWay.forEach(this::excuse));
    main.halves.elected(Hemisphere.LEFT, fence);
    main.tell();
  }

  void register(Main main, String webhook, Priority least) {
    main.book
        .change(
            all ->
                all.with(new Webhook(webhook, "https://" + webhook, least, "ops", wire.now(), "")))
        .join();
  }

  void begin(String code, String subject, Priority severity) {
    Trouble trouble =
        new Trouble(
            code,
            subject,
            severity,
            Instant.ofEpochMilli(wire.now().toEpochMilli()),
            "what",
            "impact",
            Optional.empty(),
            List.of("seen"),
            "",
            "next");
    Trouble before = troubles.get(trouble.key());
    troubles.put(
        trouble.key(),
        before == null
            ? trouble
            : later(trouble, before.since().toEpochMilli() - trouble.since().toEpochMilli()));
    tell();
  }

  /** The trouble follows from another one. */
  void because(String key, String cause) {
    troubles.computeIfPresent(
        key,
        (same, one) ->
            new Trouble(
                one.code(),
                one.subject(),
                one.severity(),
                one.since(),
                one.what(),
                one.impact(),
                Optional.of(cause),
                one.evidence(),
                one.done(),
                one.next()));
    tell();
  }

  void end(String code, String subject) {
    troubles.remove(code + ":" + subject);
    tell();
  }

  void tell() {
    mains.values().forEach(Main::tell);
  }

  void pass(long seconds) {
    wire.pass(Duration.ofSeconds(seconds), Duration.ofMillis(50));
  }

  /** The kinds of messages that a webhook got, in the order they were made, each id once. */
  List<String> told(String webhook, String key) {
    Map<String, String> byAt = new TreeMap<>();
    for (Received one : received) {
      if (one.webhook().equals(webhook) && one.body().contains("\"key\":\"" + key + "\"")) {
        // An end and the next beginning may be of the same moment; a trouble's own may not.
        String type = between(one.body(), "\"type\":\"");
        String order =
            "-" + List.of("trouble.ended", "trouble.begun", "trouble.worsened").indexOf(type) + "-";
        byAt.put(between(one.body(), "\"at\":\"") + order + one.id(), type);
      }
    }
    return List.copyOf(byAt.values());
  }

  private CompletableFuture<Outcome> post(Main from, String webhook, String id, byte[] body) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    String flight = webhook + " " + id;
    from.underWay.add(flight);
    boolean lostRequest = random.chance(lostRequests);
    boolean lostAnswer = random.chance(lostAnswers);
    int status = refusing.getOrDefault(webhook, 200);
    if (!lostRequest && status == 200) {
      received.add(
          new Received(
              webhook, id, new String(body, StandardCharsets.UTF_8), wire.now(), from.name));
      if (lostAnswer) {
        excuse(flight);
      }
    }
    from.station.loop.after(
        Duration.ofMillis(random.between(1, answerMillis)),
        () -> {
          // Marked within the next write of the record; until then a new leader may send again.
          from.station.loop.after(Duration.ofSeconds(6), () -> from.underWay.remove(flight));
          answer.complete(
              lostRequest || lostAnswer
                  ? new Outcome.Failed("lost")
                  : status == 200
                      ? new Outcome.Taken()
                      : status == 410 ? new Outcome.Gone() : new Outcome.Failed("" + status));
        });
    return answer;
  }

  private void excuse(String flight) {
    excused.merge(flight, 1, Integer::sum);
  }

  static Trouble later(Trouble one, long millis) {
    return new Trouble(
        one.code(),
        one.subject(),
        one.severity(),
        one.since().plusMillis(millis),
        one.what(),
        one.impact(),
        one.cause(),
        one.evidence(),
        one.done(),
        one.next());
  }

  private static String between(String body, String before) {
    int from = body.indexOf(before) + before.length();
    return body.substring(from, body.indexOf('"', from));
  }

  /** Records that are away at times, and refuse an old fence always. */
  final class ShakyRecords implements Records {
    final Map<String, byte[]> values = new TreeMap<>();
    long newest;
    boolean away;
    double failing;

    @Override
    public CompletableFuture<Optional<byte[]>> read(String path) {
      return away || random.chance(failing)
          ? CompletableFuture.failedFuture(new IllegalStateException("away"))
          : CompletableFuture.completedFuture(Optional.ofNullable(values.get(path)));
    }

    @Override
    public CompletableFuture<Void> write(String path, byte[] value, long fence) {
      return changed(fence, () -> values.put(path, value));
    }

    @Override
    public CompletableFuture<Void> remove(String path, long fence) {
      return changed(fence, () -> values.remove(path));
    }

    private CompletableFuture<Void> changed(long fence, Runnable change) {
      if (away) {
        return CompletableFuture.failedFuture(new IllegalStateException("away"));
      }
      if (fence < newest) {
        return CompletableFuture.failedFuture(new FenceOutdated(fence));
      }
      if (random.chance(failing)) {
        if (random.chance(0.5)) {
          change.run(); // Done all the same: the answer was lost.
        }
        return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
      }
      change.run();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<String>> children(String path) {
      return away || random.chance(failing)
          ? CompletableFuture.failedFuture(new IllegalStateException("away"))
          : CompletableFuture.completedFuture(
              values.keySet().stream()
                  .filter(key -> key.startsWith(path + "/"))
                  .map(key -> key.substring(path.length() + 1))
                  .toList());
    }
  }
}
