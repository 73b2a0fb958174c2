package io.elottery.keyvault.rotation;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All cuts, in the order they were made, the last {@value #MOST}; those in force are never dropped.
 *
 * @param cuts oldest first
 */
public record LinkCuts(List<LinkCut> cuts) {
  /** How many are remembered. */
  public static final int MOST = 200;

  /** None yet. */
  public static final LinkCuts NONE = new LinkCuts(List.of());

  private static final int FORMAT = 1;
  private static final int CUTS_MAX = 10_000;

  /** Copies. */
  public LinkCuts {
    cuts = List.copyOf(cuts);
  }

  /** An id that none has: the moment, in milliseconds, base 36. */
  public String freshId(Instant now) {
    long millis = now.toEpochMilli();
    while (find(id(millis)).isPresent()) {
      millis++;
    }
    return id(millis);
  }

  private static String id(long millis) {
    return "cut-" + Long.toString(millis, 36);
  }

  /** With one more. */
  public LinkCuts plus(LinkCut cut) {
    List<LinkCut> then = new ArrayList<>(cuts);
    then.add(cut);
    while (then.size() > MOST) {
      Optional<LinkCut> oldest = then.stream().filter(each -> !each.isInForce()).findFirst();
      if (oldest.isEmpty()) {
        break;
      }
      then.remove(oldest.get());
    }
    return new LinkCuts(then);
  }

  /** With one in the place of its earlier self. */
  public LinkCuts with(LinkCut later) {
    return new LinkCuts(
        cuts.stream().map(cut -> cut.id().equals(later.id()) ? later : cut).toList());
  }

  /** The one of that id. */
  public Optional<LinkCut> find(String id) {
    return cuts.stream().filter(cut -> cut.id().equals(id)).findFirst();
  }

  /** The one that keeps this link closed. */
  public Optional<LinkCut> inForce(LinkName link) {
    return cuts.stream()
        .filter(cut -> cut.isInForce() && cut.links().containsKey(link))
        .findFirst();
  }

  /** Those in force. */
  public List<LinkCut> inForce() {
    return cuts.stream().filter(LinkCut::isInForce).toList();
  }

  /** As they are recorded. */
  public byte[] encoded() {
    WireWriter out = new WireWriter().u8(FORMAT).varint(cuts.size());
    cuts.forEach(cut -> cut.write(out));
    return out.toBytes();
  }

  /** Reads them. */
  public static LinkCuts decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("cuts: format " + format + " is not known");
    }
    try {
      List<LinkCut> cuts = new ArrayList<>();
      for (int left = in.count(CUTS_MAX); left > 0; left--) {
        cuts.add(LinkCut.read(in));
      }
      in.done();
      return new LinkCuts(cuts);
    } catch (IllegalArgumentException outOfForm) {
      throw new MalformedMessage("cuts: a field is out of its form");
    }
  }
}
