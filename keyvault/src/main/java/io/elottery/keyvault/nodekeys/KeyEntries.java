package io.elottery.keyvault.nodekeys;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.secret.Secret;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The named bytes in the sidecar file of one server, in clear only in memory. Immutable. */
final class KeyEntries {
  private static final int FORMAT = 1;
  private static final int ENTRIES_MAX = 100_000;

  private final SortedMap<String, byte[]> entries;

  private KeyEntries(SortedMap<String, byte[]> entries) {
    this.entries = entries;
  }

  static KeyEntries none() {
    return new KeyEntries(new TreeMap<>());
  }

  /** Not a copy: the caller does not change it. */
  Optional<byte[]> get(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** These entries and one more, or another value. */
  KeyEntries with(String name, byte[] value) {
    return with(Map.of(name, value));
  }

  /** These entries and some more, or other values. */
  KeyEntries with(Map<String, byte[]> more) {
    SortedMap<String, byte[]> all = new TreeMap<>(entries);
    more.forEach((name, value) -> all.put(name, value.clone()));
    return new KeyEntries(all);
  }

  /** These entries without one. */
  KeyEntries without(String name) {
    SortedMap<String, byte[]> rest = new TreeMap<>(entries);
    rest.remove(name);
    return new KeyEntries(rest);
  }

  /** Entries whose names begin so. */
  SortedMap<String, byte[]> startingWith(String prefix) {
    return entries.subMap(prefix, prefix + '\uffff');
  }

  boolean sameAs(KeyEntries others) {
    return entries.keySet().equals(others.entries.keySet())
        && entries.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), others.entries.get(entry.getKey())));
  }

  byte[] encoded() {
    WireWriter out = new WireWriter(1024).u8(FORMAT).varint(entries.size());
    entries.forEach((name, value) -> out.text(name).bytes(value));
    return out.toBytes();
  }

  static KeyEntries decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("key entries: format " + format + " is not known");
    }
    SortedMap<String, byte[]> entries = new TreeMap<>();
    for (int left = in.count(ENTRIES_MAX); left > 0; left--) {
      entries.put(in.text(), in.bytes());
    }
    in.done();
    return new KeyEntries(entries);
  }

  @Override
  public String toString() {
    return Secret.HIDDEN;
  }
}
