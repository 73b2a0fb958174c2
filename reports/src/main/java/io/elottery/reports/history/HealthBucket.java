package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything known of all servers and links for one minute, ten minutes or hour. Written as bytes
 * on disk and between mains ({@code docs/formats/reports.md}).
 *
 * @param start a multiple of the resolution
 * @param coveredMillis for how much of it somebody watched; at most the resolution
 * @param servers ascending
 * @param links each direction by itself, ascending
 */
public record HealthBucket(
    Resolution resolution,
    Instant start,
    long coveredMillis,
    SortedMap<NodeId, ServerHealth> servers,
    SortedMap<LinkName, LinkHealth> links) {
  private static final int FORMAT = 1;
  private static final int NAMES_MAX = 20_000;
  private static final int LINKS_MAX = 400_000;

  /** Copies. */
  public HealthBucket {
    servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
    links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
    if (!resolution.floor(start).equals(start)) {
      throw new IllegalArgumentException(start + " begins no bucket of " + resolution.text());
    }
  }

  /** Whether somebody watched all the time, but for a moment. */
  public boolean isWhole() {
    return new Label(resolution, start, coveredMillis).isWhole();
  }

  /** Two mains' accounts of the same time: of each server and link the fuller one. */
  public HealthBucket completedBy(HealthBucket other) {
    if (resolution != other.resolution || !start.equals(other.start)) {
      throw new IllegalArgumentException(other.start + " is another bucket than " + start);
    }
    SortedMap<NodeId, ServerHealth> all = new TreeMap<>(servers);
    other.servers.forEach((id, health) -> all.merge(id, health, ServerHealth::fuller));
    SortedMap<LinkName, LinkHealth> both = new TreeMap<>(links);
    other.links.forEach((name, health) -> both.merge(name, health, LinkHealth::fuller));
    return new HealthBucket(
        resolution, start, Math.max(coveredMillis, other.coveredMillis), all, both);
  }

  /** As bytes. */
  public byte[] toBytes() {
    WireWriter out = new WireWriter(64 + servers.size() * 64 + links.size() * 48);
    out.u8(FORMAT).u8(resolution.ordinal()).i64(start.getEpochSecond()).varint(coveredMillis);
    Map<NodeId, Integer> names = names();
    out.varint(names.size());
    names.keySet().forEach(id -> out.text(id.name()));
    out.varint(servers.size());
    servers.forEach(
        (id, health) -> {
          out.varint(names.getOrDefault(id, 0));
          health.writeTo(out);
        });
    out.varint(links.size());
    links.forEach(
        (name, health) -> {
          out.varint(names.getOrDefault(name.from(), 0)).varint(names.getOrDefault(name.to(), 0));
          health.writeTo(out);
        });
    return out.toBytes();
  }

  // Each name is written once; everything else says which.
  private SortedMap<NodeId, Integer> names() {
    SortedMap<NodeId, Integer> names = new TreeMap<>();
    servers.keySet().forEach(id -> names.put(id, 0));
    for (LinkName link : links.keySet()) {
      names.put(link.from(), 0);
      names.put(link.to(), 0);
    }
    int next = 0;
    for (Map.Entry<NodeId, Integer> name : names.entrySet()) {
      name.setValue(next++);
    }
    return names;
  }

  /** What a bucket's first bytes tell: when it begins and how much of it was watched. */
  public record Label(Resolution resolution, Instant start, long coveredMillis) {
    /** As {@link HealthBucket#isWhole}. */
    public boolean isWhole() {
      return coveredMillis * 20 >= resolution.length().toMillis() * 19;
    }
  }

  /** Reads no more than the label. */
  public static Label label(byte[] bytes) throws MalformedMessage {
    return label(new WireReader(bytes));
  }

  private static Label label(WireReader in) throws MalformedMessage {
    int format = in.u8();
    int resolution = in.u8();
    if (format != FORMAT || resolution >= Resolution.values().length) {
      throw new MalformedMessage("bucket: format " + format + ", resolution " + resolution);
    }
    return new Label(Resolution.values()[resolution], Instant.ofEpochSecond(in.i64()), in.varint());
  }

  /** Reads {@link #toBytes}. */
  public static HealthBucket parse(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    try {
      Label label = label(in);
      List<NodeId> names = new ArrayList<>();
      for (int i = in.count(NAMES_MAX); i > 0; i--) {
        names.add(NodeId.of(in.text()));
      }
      SortedMap<NodeId, ServerHealth> servers = new TreeMap<>();
      for (int i = in.count(NAMES_MAX); i > 0; i--) {
        servers.put(names.get(in.count(names.size() - 1)), ServerHealth.readFrom(in));
      }
      SortedMap<LinkName, LinkHealth> links = new TreeMap<>();
      for (int i = in.count(LINKS_MAX); i > 0; i--) {
        NodeId from = names.get(in.count(names.size() - 1));
        NodeId to = names.get(in.count(names.size() - 1));
        links.put(new LinkName(from, to), LinkHealth.readFrom(in));
      }
      in.done();
      return new HealthBucket(label.resolution, label.start, label.coveredMillis, servers, links);
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new MalformedMessage("bucket: " + wrong.getMessage());
    }
  }
}
