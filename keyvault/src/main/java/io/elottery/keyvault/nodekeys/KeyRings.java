package io.elottery.keyvault.nodekeys;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.secret.Hkdf;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key rings of one server's links, as they count now: what is held here is used at once,
 * whether the disk has it yet ({@link NodeKeys#store}) or, for a pending key, never gets it. Any
 * thread.
 */
public final class KeyRings {
  private static final String PSK_SALT = "elottery/psk/v1";
  private static final String KEY = "pair-key ";
  private static final String CUT = "pair-key-cut ";

  private final Map<String, KeyRing> rings = new ConcurrentHashMap<>();

  private KeyRings() {}

  /** What the disk holds. */
  static KeyRings of(KeyEntries entries) throws MalformedMessage {
    Map<String, SortedMap<Integer, Secret>> kept = new HashMap<>();
    Map<String, Integer> cuts = new HashMap<>();
    for (Map.Entry<String, byte[]> entry : entries.startingWith(KEY).entrySet()) {
      String name = entry.getKey();
      int blank = name.lastIndexOf(' ');
      kept.computeIfAbsent(name.substring(KEY.length(), blank), any -> new TreeMap<>())
          .put(Integer.valueOf(name.substring(blank + 1)), Secret.of(entry.getValue()));
    }
    for (Map.Entry<String, byte[]> entry : entries.startingWith(CUT).entrySet()) {
      int upTo = new WireReader(entry.getValue()).i32();
      String link = entry.getKey().substring(CUT.length());
      cuts.put(link, upTo);
      kept.putIfAbsent(link, new TreeMap<>());
    }
    KeyRings all = new KeyRings();
    kept.forEach((link, keys) -> all.hold(KeyRing.stored(link, keys, cuts.getOrDefault(link, 0))));
    return all;
  }

  /** The ring of the link; an empty one where nothing is held. */
  public KeyRing ring(String link) {
    return rings.getOrDefault(link, KeyRing.empty(link));
  }

  /** Counts from now on, in place of what was held for its link. */
  public void hold(KeyRing ring) {
    rings.put(ring.link(), ring);
  }

  /** Whether any key of the link is held, pending ones too. */
  public boolean holdsAny(String link) {
    KeyRing ring = ring(link);
    return !ring.kept().isEmpty() || ring.pending().isPresent();
  }

  /** The newest kept epoch below that one; {@value KeyRing#NO_EPOCH} with none. */
  public int olderEpoch(String link, int epoch) {
    SortedMap<Integer, Secret> older = ring(link).kept().headMap(epoch);
    return older.isEmpty() ? KeyRing.NO_EPOCH : older.lastKey();
  }

  Optional<byte[]> psk(String link, int epoch, String identity) {
    return ring(link)
        .key(epoch)
        .map(key -> Hkdf.derive(key, PSK_SALT, identity))
        .map(psk -> psk.reveal(SecretAccess.KEYVAULT));
  }

  /** The entries with those of the ring's link as the ring says. */
  static KeyEntries stored(KeyEntries entries, KeyRing ring) {
    KeyEntries rest = entries.without(CUT + ring.link());
    for (String name : entries.startingWith(KEY + ring.link() + " ").keySet()) {
      rest = rest.without(name);
    }
    Map<String, byte[]> more = new HashMap<>();
    ring.kept()
        .forEach(
            (epoch, key) ->
                more.put(KEY + ring.link() + " " + epoch, key.reveal(SecretAccess.KEYVAULT)));
    if (ring.cutUpTo() > 0) {
      more.put(CUT + ring.link(), new WireWriter().i32(ring.cutUpTo()).toBytes());
    }
    return rest.with(more);
  }

  @Override
  public String toString() {
    return Secret.HIDDEN;
  }
}
