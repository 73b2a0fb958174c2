package io.elottery.controller.mutes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.mute.Mute;
import io.elottery.reports.mute.Mutes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the staff may ask of mutes. On main's loop. */
public final class MuteCalls {
  private static final Set<StaffRole> KEEPERS = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER, StaffRole.AUDITOR);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int SUBJECT_MAX = 200;

  private final MuteDesk desk;
  private final AuditTrail audit;
  private final Time time;
  private final RandomSource random;

  /** Serves nothing until added. */
  public MuteCalls(MuteDesk desk, AuditTrail audit, Time time, RandomSource random) {
    this.desk = desk;
    this.audit = audit;
    this.time = time;
    this.random = random;
  }

  /** Adds the calls. */
  public void addTo(StaffCalls calls) {
    calls.add("GET", "/mutes", READERS, request -> list());
    calls.add("POST", "/mutes", KEEPERS, this::add);
    calls.add("DELETE", "/mutes/{id}", KEEPERS, this::end);
  }

  /** As JSON: what a muted trouble shows beside it. */
  public static ObjectNode json(Mute mute) {
    return JSON.objectNode()
        .put("id", mute.id())
        .put("subject", mute.subject())
        .put("code", mute.code().orElse(null))
        .put("by", mute.by())
        .put("reason", mute.reason())
        .put("from", mute.from().toString())
        .put("until", mute.until().toString())
        .put("severity", mute.severity().name())
        .put("since", mute.since().toString());
  }

  private CompletableFuture<StaffAnswer> list() {
    ObjectNode body = JSON.objectNode();
    ArrayNode items = body.putArray("items");
    desk.current().orElse(Mutes.NONE).all().forEach(mute -> items.add(json(mute)));
    body.putNull("next");
    return CompletableFuture.completedFuture(StaffAnswer.ok(body));
  }

  private CompletableFuture<StaffAnswer> add(StaffRequest request) {
    try {
      Mute mute = asked(request);
      return audit
          .record(
              AuditEntry.done(
                  mute.by(),
                  "MUTE_BEGUN",
                  mute.target(),
                  "until " + mute.until() + ": " + mute.reason()))
          .thenCompose(audited -> desk.add(mute))
          .thenApply(done -> StaffAnswer.created(json(mute)));
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private Mute asked(StaffRequest request) throws ActionRefused {
    String subject = request.required("subject", SUBJECT_MAX);
    Optional<String> code = request.text("code").map(String::strip).filter(is -> !is.isEmpty());
    String reason = request.required("reason", Mute.REASON_MAX);
    long longest = Mute.LONGEST.toSeconds();
    long seconds = request.body().path("seconds").asLong(0);
    if (seconds < 1 || seconds > longest) {
      throw ActionRefused.invalid(
          "seconds", "Expected 1 to " + longest + " (seven days) in \"seconds\".");
    }
    if (known().isFull()) {
      throw ActionRefused.conflict(
          "TOO_MANY", "There are " + Mutes.MOST + " mutes already; end one first.");
    }
    Instant now = time.now();
    return Mute.over(
            desk.troubles(),
            "m-" + HexFormat.of().formatHex(random.bytes(6)),
            code,
            subject,
            request.who().name(),
            reason,
            now,
            now.plusSeconds(seconds))
        .orElseThrow(
            () ->
                ActionRefused.conflict(
                    "NO_TROUBLE",
                    "There is no trouble"
                        + code.map(is -> " " + is).orElse("")
                        + " with "
                        + subject
                        + " to mute; a mute ends with its trouble."));
  }

  private CompletableFuture<StaffAnswer> end(StaffRequest request) {
    try {
      String id = request.part("id");
      Mute mute =
          known()
              .find(id)
              .orElseThrow(
                  () -> ActionRefused.notFound("There is no mute " + id + ", or it has ended."));
      String who = request.who().name();
      return audit
          .record(AuditEntry.done(who, "MUTE_ENDED", mute.target(), mute.id()))
          .thenCompose(audited -> desk.unmute(mute, who))
          .thenApply(done -> StaffAnswer.nothing());
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private Mutes known() throws ActionRefused {
    return desk.current()
        .orElseThrow(
            () ->
                new ActionRefused(
                    503, "NOT_READ_YET", "The mutes are not read yet; ask again.", ""));
  }
}
