package io.elottery.keyvault.rotation;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All cuts, in the order they were made, the last {@value #MOST}; those in force are never dropped.
 *
 * @param made how many there ever were
 * @param cuts oldest first
 */
public record LinkCuts(int made, List<LinkCut> cuts) {
  /** How many are remembered. */
  public static final int MOST = 200;

  /** None yet. */
  public static final LinkCuts NONE = new LinkCuts(0, List.of());

  private static final int FORMAT = 1;
  private static final int CUTS_MAX = 10_000;

  /** Copies. */
  public LinkCuts {
    cuts = List.copyOf(cuts);
  }

  /** The id of the next one. */
  public String nextId() {
    return "cut-" + (made + 1);
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
    return new LinkCuts(made + 1, then);
  }

  /** With one in the place of its earlier self. */
  public LinkCuts with(LinkCut later) {
    return new LinkCuts(
        made, cuts.stream().map(cut -> cut.id().equals(later.id()) ? later : cut).toList());
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
    WireWriter out = new WireWriter().u8(FORMAT).i32(made).varint(cuts.size());
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
      int made = in.i32();
      List<LinkCut> cuts = new ArrayList<>();
      for (int left = in.count(CUTS_MAX); left > 0; left--) {
        cuts.add(LinkCut.read(in));
      }
      in.done();
      return new LinkCuts(made, cuts);
    } catch (IllegalArgumentException outOfForm) {
      throw new MalformedMessage("cuts: a field is out of its form");
    }
  }
}
