package io.elottery.keyvault.rotation;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An emergency: links that one officer cut at once.
 *
 * @param id names it, {@code cut-7}
 * @param target what was cut, in words: a link or a worker
 * @param links each with the highest epoch its ends were told to refuse
 * @param reason the officer's words
 * @param by the officer's name
 * @param person who that officer is
 * @param at when
 * @param ends how each end stood when last heard, by {@code link end}
 * @param confirmedBy the second officer; empty while nobody confirmed
 * @param reported whether it was reported for want of a confirmation
 * @param liftedBy the proposal that lifted it; empty while in force
 */
public record LinkCut(
    String id,
    String target,
    SortedMap<LinkName, Integer> links,
    String reason,
    String by,
    String person,
    Instant at,
    SortedMap<String, EndState> ends,
    String confirmedBy,
    boolean reported,
    String liftedBy) {
  /** How long a second officer has. */
  public static final Duration CONFIRM_WITHIN = Duration.ofMinutes(30);

  private static final int LINKS_MAX = 10_000;

  /** What one end of a cut link is known to do. */
  public enum EndState {
    /** It dropped every key and closed every connection. */
    CLOSED,
    /** It did not answer; its other end refuses it, and it is told as soon as it can be. */
    UNREACHABLE
  }

  /** Copies. */
  public LinkCut {
    links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
  }

  /** The highest epoch of the link that its ends refuse; 0 for a link it is not about. */
  public int upTo(LinkName link) {
    return links.getOrDefault(link, 0);
  }

  /** What happened, for a person. */
  public String words() {
    return id + ": cut by " + by + " (" + reason + ")";
  }

  /** Whether its links stay without keys. */
  public boolean isInForce() {
    return liftedBy.isEmpty();
  }

  /** Whether a second officer confirmed it. */
  public boolean isConfirmed() {
    return !confirmedBy.isEmpty();
  }

  /** Whether a second officer should have confirmed it by now. */
  public boolean isOverdue(Instant now) {
    return isInForce() && !isConfirmed() && !now.isBefore(at.plus(CONFIRM_WITHIN));
  }

  /** Whether the officer of that name, or that person under another, made the cut. */
  public boolean isBy(String name, String who) {
    return by.equals(name) || key(person).equals(key(who));
  }

  private static String key(String person) {
    return person.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
  }

  /** With an end's later state. */
  public LinkCut with(String end, EndState state) {
    TreeMap<String, EndState> then = new TreeMap<>(ends);
    then.put(end, state);
    return copy(then, confirmedBy, reported, liftedBy);
  }

  /** Confirmed by a second officer. */
  public LinkCut confirmed(String officer) {
    return copy(ends, officer, reported, liftedBy);
  }

  /** Reported, because nobody confirmed it in time. */
  public LinkCut asReported() {
    return copy(ends, confirmedBy, true, liftedBy);
  }

  /** Lifted by a proposal. */
  public LinkCut lifted(String proposal) {
    return copy(ends, confirmedBy, reported, proposal);
  }

  private LinkCut copy(
      SortedMap<String, EndState> then, String confirmed, boolean said, String lifted) {
    return new LinkCut(id, target, links, reason, by, person, at, then, confirmed, said, lifted);
  }

  void write(WireWriter out) {
    out.text(id).text(target).varint(links.size());
    links.forEach((link, epoch) -> out.text(link.text()).i32(epoch));
    out.text(reason).text(by).text(person).i64(at.toEpochMilli()).varint(ends.size());
    ends.forEach((end, state) -> out.text(end).text(state.name()));
    out.text(confirmedBy).bool(reported).text(liftedBy);
  }

  static LinkCut read(WireReader in) throws MalformedMessage {
    String id = in.text();
    String target = in.text();
    TreeMap<LinkName, Integer> links = new TreeMap<>();
    for (int left = in.count(LINKS_MAX); left > 0; left--) {
      links.put(LinkName.parse(in.text()), in.i32());
    }
    String reason = in.text();
    String by = in.text();
    String person = in.text();
    Instant at = Instant.ofEpochMilli(in.i64());
    TreeMap<String, EndState> ends = new TreeMap<>();
    for (int left = in.count(2 * LINKS_MAX); left > 0; left--) {
      ends.put(in.text(), EndState.valueOf(in.text()));
    }
    return new LinkCut(
        id, target, links, reason, by, person, at, ends, in.text(), in.bool(), in.text());
  }
}
