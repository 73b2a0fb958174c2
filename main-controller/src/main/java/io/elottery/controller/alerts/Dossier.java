package io.elottery.controller.alerts;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was told of one trouble and who is still to be told: one small record, so that what is
 * marked as told and what is queued for it change together.
 *
 * @param key of the trouble
 * @param open the trouble as it was told last, at its worst; empty when it is over
 * @param pending ids of the webhooks to be told yet, by alert, in the order of making; at most
 *     {@value #PENDING_MOST} alerts
 */
public record Dossier(String key, Optional<Trouble> open, List<Pending> pending) {
  /** Alerts of one trouble that may wait at once. */
  public static final int PENDING_MOST = 8;

  private static final int FORMAT = 1;
  private static final int WEBHOOKS_MOST = 1_000;
  private static final int EVIDENCE_MOST = 1_000;

  /**
   * An alert and who is to be told of it.
   *
   * @param webhooks by id
   */
  public record Pending(Alert alert, SortedSet<String> webhooks) {
    /** Copies. */
    public Pending {
      webhooks = Collections.unmodifiableSortedSet(new TreeSet<>(webhooks));
    }
  }

  /** Copies. */
  public Dossier {
    pending = List.copyOf(pending);
  }

  /** Of a trouble that nothing was told of. */
  static Dossier blank(String key) {
    return new Dossier(key, Optional.empty(), List.of());
  }

  /** Whether nothing needs to be remembered. */
  boolean isBlank() {
    return open.isEmpty() && pending.isEmpty();
  }

  /** The name of its record. */
  String name() {
    return Sha256.hex(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** With one more to be told; where there are too many, the oldest is given up. */
  Dossier telling(Alert alert, SortedSet<String> webhooks) {
    List<Pending> more = new ArrayList<>(pending);
    if (!webhooks.isEmpty()) {
      more.add(new Pending(alert, webhooks));
    }
    while (more.size() > PENDING_MOST) {
      more.remove(0);
    }
    Optional<Trouble> now =
        alert.stage() == Stage.ENDED ? Optional.empty() : Optional.of(alert.trouble());
    return new Dossier(key, now, more);
  }

  /** With that webhook told, or given up. */
  Dossier told(String alert, String webhook) {
    List<Pending> left = new ArrayList<>();
    for (Pending one : pending) {
      SortedSet<String> webhooks = new TreeSet<>(one.webhooks());
      if (one.alert().id().equals(alert)) {
        webhooks.remove(webhook);
      }
      if (!webhooks.isEmpty()) {
        left.add(new Pending(one.alert(), webhooks));
      }
    }
    return new Dossier(key, open, left);
  }

  /** Its bytes: format, key, the open trouble, the pending alerts. */
  public byte[] encode() {
    WireWriter out = new WireWriter(512).u8(FORMAT).text(key).bool(open.isPresent());
    open.ifPresent(trouble -> write(out, trouble));
    out.varint(pending.size());
    for (Pending one : pending) {
      out.u8(one.alert().stage().ordinal()).i64(one.alert().at().toEpochMilli());
      write(out, one.alert().trouble());
      out.varint(one.webhooks().size());
      one.webhooks().forEach(out::text);
    }
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static Dossier decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("alerts: format " + format + " is not known");
    }
    String key = in.text();
    Optional<Trouble> open = in.bool() ? Optional.of(trouble(in)) : Optional.empty();
    List<Pending> pending = new ArrayList<>();
    for (int left = in.count(PENDING_MOST); left > 0; left--) {
      Stage stage = pick(Stage.values(), in.u8());
      Instant at = Instant.ofEpochMilli(in.i64());
      Alert alert = new Alert(stage, at, trouble(in));
      SortedSet<String> webhooks = new TreeSet<>();
      for (int each = in.count(WEBHOOKS_MOST); each > 0; each--) {
        webhooks.add(in.text());
      }
      pending.add(new Pending(alert, webhooks));
    }
    in.done();
    return new Dossier(key, open, pending);
  }

  private static void write(WireWriter out, Trouble trouble) {
    out.text(trouble.code())
        .text(trouble.subject())
        .u8(trouble.severity().ordinal())
        .i64(trouble.since().toEpochMilli())
        .text(trouble.what())
        .text(trouble.impact())
        .text(trouble.cause().orElse(""))
        .varint(trouble.evidence().size());
    trouble.evidence().forEach(out::text);
    out.text(trouble.done()).text(trouble.next());
  }

  private static Trouble trouble(WireReader in) throws MalformedMessage {
    String code = in.text();
    String subject = in.text();
    Priority severity = pick(Priority.values(), in.u8());
    Instant since = Instant.ofEpochMilli(in.i64());
    String what = in.text();
    String impact = in.text();
    Optional<String> cause = Optional.of(in.text()).filter(text -> !text.isEmpty());
    List<String> evidence = new ArrayList<>();
    for (int left = in.count(EVIDENCE_MOST); left > 0; left--) {
      evidence.add(in.text());
    }
    return new Trouble(
        code, subject, severity, since, what, impact, cause, evidence, in.text(), in.text());
  }

  private static <T> T pick(T[] values, int index) throws MalformedMessage {
    if (index >= values.length) {
      throw new MalformedMessage("alerts: code " + index + ": at most " + (values.length - 1));
    }
    return values[index];
  }
}
