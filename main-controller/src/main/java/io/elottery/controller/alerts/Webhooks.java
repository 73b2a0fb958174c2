package io.elottery.controller.alerts;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.priority.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The receivers of alerts, oldest first; at most {@value #MOST}. */
public record Webhooks(List<Webhook> all) {
  /** How many there may be. */
  public static final int MOST = 20;

  /** None. */
  public static final Webhooks NONE = new Webhooks(List.of());

  private static final int FORMAT = 1;

  /** Copies. */
  public Webhooks {
    all = List.copyOf(all);
  }

  /** With this one, in place of the one with its id. */
  Webhooks with(Webhook webhook) {
    List<Webhook> more = new ArrayList<>(without(webhook.id()).all);
    more.add(webhook);
    return new Webhooks(more);
  }

  /** Without that one. */
  Webhooks without(String id) {
    return new Webhooks(all.stream().filter(one -> !one.id().equals(id)).toList());
  }

  /** By its id. */
  public Optional<Webhook> find(String id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Who is to be told of this alert. */
  SortedSet<String> concernedBy(Alert alert) {
    SortedSet<String> ids = new TreeSet<>();
    for (Webhook webhook : all) {
      if (webhook.isEnabled() && alert.concerns(webhook.least())) {
        ids.add(webhook.id());
      }
    }
    return ids;
  }

  /** Its bytes: format, count, each one's components in order. */
  public byte[] encode() {
    WireWriter out = new WireWriter().u8(FORMAT).varint(all.size());
    for (Webhook one : all) {
      out.text(one.id())
          .text(one.host())
          .u8(one.least().ordinal())
          .text(one.by())
          .i64(one.createdAt().toEpochMilli())
          .text(one.disabled());
    }
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static Webhooks decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("webhooks: format " + format + " is not known");
    }
    List<Webhook> all = new ArrayList<>();
    for (int left = in.count(MOST); left > 0; left--) {
      String id = in.text();
      String host = in.text();
      int least = in.u8();
      if (least > Priority.WARNING.ordinal()) {
        throw new MalformedMessage("webhooks: severity " + least + " is not known");
      }
      all.add(
          new Webhook(
              id,
              host,
              Priority.values()[least],
              in.text(),
              Instant.ofEpochMilli(in.i64()),
              in.text()));
    }
    in.done();
    return new Webhooks(all);
  }
}
