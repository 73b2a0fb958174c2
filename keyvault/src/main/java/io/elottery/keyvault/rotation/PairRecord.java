package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The vault's record of one link: its state and the keys of the epochs that exist. A new epoch's
 * key is fresh chance, never made from an older one; the key of an epoch that ended is gone from
 * the record.
 *
 * @param state without keys
 * @param keys by epoch, one for each of {@code state.epochs()}
 */
public record PairRecord(LinkKeys state, SortedMap<Integer, Secret> keys) {
  /** Bytes of a pair key. */
  public static final int KEY_LENGTH = 32;

  private static final int FORMAT = 2;
  private static final int EPOCHS_MAX = 2;

  /** Checks and copies. */
  public PairRecord {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    List<Integer> numbers = state.epochs().stream().map(KeyEpoch::number).toList();
    if (!List.copyOf(keys.keySet()).equals(numbers)) {
      throw new IllegalArgumentException(
          state.link() + ": epochs " + numbers + " with keys of " + keys.keySet());
    }
  }

  /** A link without keys. */
  public static PairRecord none(LinkName link, Instant now) {
    return new PairRecord(LinkKeys.none(link, now), new TreeMap<>());
  }

  /** The record of a later state: fresh keys for new epochs, none for those that ended. */
  public PairRecord follow(LinkKeys next, RandomSource random) {
    TreeMap<Integer, Secret> then = new TreeMap<>();
    for (KeyEpoch epoch : next.epochs()) {
      Secret known = keys.get(epoch.number());
      then.put(epoch.number(), known == null ? Secret.random(random, KEY_LENGTH) : known);
    }
    return new PairRecord(next, then);
  }

  /** The key of an epoch that exists. */
  public Optional<Secret> key(int epoch) {
    return Optional.ofNullable(keys.get(epoch));
  }

  /** As it is sealed. */
  public byte[] encoded() {
    WireWriter out =
        new WireWriter()
            .u8(FORMAT)
            .text(state.link().text())
            .i32(state.last())
            .text(state.phase().name())
            .i64(state.since().toEpochMilli())
            .text(state.why())
            .varint(state.epochs().size());
    for (KeyEpoch epoch : state.epochs()) {
      out.i32(epoch.number())
          .i64(epoch.madeAt().toEpochMilli())
          .raw(key(epoch.number()).orElseThrow().reveal(SecretAccess.KEYVAULT));
    }
    out.varint(state.confirmed().size());
    state.confirmed().forEach(end -> out.text(end.name()));
    out.varint(state.past().size());
    for (PastEpoch past : state.past()) {
      out.i32(past.number())
          .i64(past.madeAt().toEpochMilli())
          .i64(past.endedAt().toEpochMilli())
          .text(past.how().name());
    }
    return out.toBytes();
  }

  /** Reads it. */
  public static PairRecord decoded(byte[] plain) throws MalformedMessage {
    WireReader in = new WireReader(plain);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("pair keys: format " + format + " is not known");
    }
    try {
      PairRecord record = read(in);
      in.done();
      return record;
    } catch (IllegalArgumentException outOfForm) {
      throw new MalformedMessage("pair keys: a field is out of its form");
    }
  }

  private static PairRecord read(WireReader in) throws MalformedMessage {
    LinkName link = LinkName.parse(in.text());
    int last = in.i32();
    Phase phase = Phase.valueOf(in.text());
    Instant since = Instant.ofEpochMilli(in.i64());
    String why = in.text();
    List<KeyEpoch> epochs = new ArrayList<>();
    TreeMap<Integer, Secret> keys = new TreeMap<>();
    for (int left = in.count(EPOCHS_MAX); left > 0; left--) {
      KeyEpoch epoch = new KeyEpoch(in.i32(), Instant.ofEpochMilli(in.i64()));
      epochs.add(epoch);
      keys.put(epoch.number(), Secret.of(in.raw(KEY_LENGTH)));
    }
    TreeSet<NodeId> confirmed = new TreeSet<>();
    for (int left = in.count(2); left > 0; left--) {
      confirmed.add(NodeId.of(in.text()));
    }
    List<PastEpoch> past = new ArrayList<>();
    for (int left = in.count(LinkKeys.PAST_MAX); left > 0; left--) {
      past.add(
          new PastEpoch(
              in.i32(),
              Instant.ofEpochMilli(in.i64()),
              Instant.ofEpochMilli(in.i64()),
              PastEpoch.How.valueOf(in.text())));
    }
    LinkKeys state = new LinkKeys(link, last, phase, since, why, epochs, confirmed, past);
    return new PairRecord(state, keys);
  }
}
