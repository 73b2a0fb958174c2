package io.elottery.lottery.chronicle;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What happened to the draws of one branch, in order; part of the shard's state. */
public final class Chronicle {
  private final List<Happening> kept = new ArrayList<>();
  private long last;

  /** Notes what happened, under the next number. */
  public Happening add(
      long position, long at, DrawRef draw, Happening.Kind kind, Map<String, String> facts) {
    Happening it =
        new Happening(++last, position, Instant.ofEpochMilli(at), draw, kind, new TreeMap<>(facts));
    kept.add(it);
    return it;
  }

  /** All that is kept, the oldest first. */
  public List<Happening> kept() {
    return Collections.unmodifiableList(kept);
  }

  /** Lets go what happened to these draws; numbers stay. */
  public void forget(Set<DrawRef> draws) {
    kept.removeIf(it -> draws.contains(it.draw()));
  }

  /** Writes what {@link #read} needs; {@code mayEnd} runs between two of them. */
  public void write(WireWriter out, Runnable mayEnd) {
    out.varint(last).varint(kept.size());
    for (Happening it : kept) {
      it.write(out);
      mayEnd.run();
    }
  }

  /** Becomes what was written; nothing has happened here yet. */
  public void read(WireReader in) throws MalformedMessage {
    last = in.varint();
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      kept.add(Happening.read(in));
    }
  }
}
