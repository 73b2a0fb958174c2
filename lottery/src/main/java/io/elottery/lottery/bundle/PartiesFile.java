package io.elottery.lottery.bundle;

import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who makes the winning numbers, and whose receipts count: what a verifier pins. The arrays are not
 * to be changed.
 *
 * @param version grows with every change
 * @param parties Ed25519 public key, 32 bytes, of each party
 * @param receiptKeys Ed25519 public key, 32 bytes, of each shard
 */
public record PartiesFile(
    long version, SortedMap<String, byte[]> parties, SortedMap<Integer, byte[]> receiptKeys) {
  /** The value of the key {@code format}. */
  public static final String FORMAT = "elottery/parties/v1";

  /** Checks names and lengths, and copies. */
  public PartiesFile {
    parties = Collections.unmodifiableSortedMap(new TreeMap<>(parties));
    receiptKeys = Collections.unmodifiableSortedMap(new TreeMap<>(receiptKeys));
    boolean sound =
        version >= 0
            && parties.keySet().stream().allMatch(SealedShare::isPartyName)
            && parties.values().stream().allMatch(key -> key.length == PartySignature.KEY_LENGTH)
            && receiptKeys.values().stream()
                .allMatch(key -> key.length == PartySignature.KEY_LENGTH);
    if (!sound) {
      throw new IllegalArgumentException("parties file: expected names and keys of 32 bytes");
    }
  }

  /**
   * {@code {"format":…,"parties":[{"name","publicKey"}],"receiptKeys":[{"key","shard"}],
   * "version":1}}.
   */
  public Json.Fields toJson() {
    List<Json> named = new ArrayList<>();
    for (Map.Entry<String, byte[]> party : parties.entrySet()) {
      named.add(
          Json.fields()
              .with("name", party.getKey())
              .with("publicKey", BytesText.base64(party.getValue())));
    }
    List<Json> keys = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> key : receiptKeys.entrySet()) {
      keys.add(
          Json.fields().with("shard", key.getKey()).with("key", BytesText.base64(key.getValue())));
    }
    return Json.fields()
        .with("format", FORMAT)
        .with("version", version)
        .with("parties", named)
        .with("receiptKeys", keys);
  }

  /** The file's bytes: canonical JSON. */
  public byte[] toBytes() {
    return CanonicalJson.write(toJson());
  }

  /** Reads the file in any spacing and order: exactly its keys. */
  public static PartiesFile parse(byte[] bytes) throws JsonRefused {
    FieldReader in = FieldReader.of("parties file", CanonicalJson.parse(bytes));
    if (!in.text("format").equals(FORMAT)) {
      throw new JsonRefused("parties file: expected format " + FORMAT);
    }
    TreeMap<String, byte[]> parties = new TreeMap<>();
    for (Json item : in.items("parties")) {
      FieldReader party = FieldReader.of("parties[" + parties.size() + "]", item);
      byte[] key = party.base64("publicKey", PartySignature.KEY_LENGTH);
      if (parties.put(party.text("name"), key) != null) {
        throw new JsonRefused("parties file: a party stands twice");
      }
      party.done();
    }
    TreeMap<Integer, byte[]> receiptKeys = new TreeMap<>();
    for (Json item : in.items("receiptKeys")) {
      FieldReader shard = FieldReader.of("receiptKeys[" + receiptKeys.size() + "]", item);
      byte[] key = shard.base64("key", PartySignature.KEY_LENGTH);
      if (receiptKeys.put(shard.number("shard", 0, Integer.MAX_VALUE), key) != null) {
        throw new JsonRefused("parties file: a shard stands twice");
      }
      shard.done();
    }
    long version = in.whole("version", 0, Json.WHOLE_LIMIT - 1);
    in.done();
    try {
      return new PartiesFile(version, parties, receiptKeys);
    } catch (IllegalArgumentException unsound) {
      throw new JsonRefused("parties file: " + unsound.getMessage());
    }
  }
}
