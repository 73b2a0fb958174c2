package io.elottery.lottery.shares;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.BytesText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The exact bytes of the sealed-share draw, profile v1 (docs/draws.md). The numbers cannot be
 * predicted or chosen as long as one party keeps its share until all have signed the closing text.
 */
public final class SealedShare {
  /** Bytes of a share. */
  public static final int SHARE_LENGTH = 32;

  private static final Pattern PARTY = Pattern.compile("[A-Z][A-Z0-9-]{0,31}");
  private static final byte[] ZERO = {0};

  private SealedShare() {}

  /** Whether this can be a party's name. */
  public static boolean isPartyName(String name) {
    return PARTY.matcher(name).matches();
  }

  /** Whether the party of this name certifies: an auditor, {@code AUDITOR…}. */
  public static boolean isAuditor(String party) {
    return isPartyName(party) && party.startsWith("AUDITOR");
  }

  /** A party's commitment to its share, 32 bytes. */
  public static byte[] commit(String draw, String party, byte[] share) {
    return Sha256.of(text("elottery/commit/v1"), ZERO, text(draw), ZERO, text(party), ZERO, share);
  }

  /**
   * The seed of the numbers, 32 bytes.
   *
   * @param shares of every party, by name
   */
  public static byte[] seed(
      String draw, byte[] rulesHash, byte[] root, long size, SortedMap<String, byte[]> shares) {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.writeBytes(unsigned64(size));
    for (Map.Entry<String, byte[]> share : shares.entrySet()) {
      byte[] name = text(share.getKey());
      parts.write(name.length);
      parts.writeBytes(name);
      parts.writeBytes(share.getValue());
    }
    return Sha256.of(
        text("elottery/seed/v1"), ZERO, text(draw), ZERO, rulesHash, root, parts.toByteArray());
  }

  /** What every party signs when it computed this root from leaves it fetched itself. */
  public static byte[] closingText(String draw, long size, byte[] root) {
    return text("elottery/close/v1\n" + draw + "\n" + size + "\n" + BytesText.base64(root) + "\n");
  }

  /**
   * What the auditor signs at last.
   *
   * @param bundleHash SHA-256 of the canonical bundle without {@code certified.signature}
   */
  public static byte[] certifyText(String draw, byte[] bundleHash) {
    return text("elottery/certify/v1\n" + draw + "\n" + BytesText.hex(bundleHash) + "\n");
  }

  /** What the auditor signs in place of the certify text when it counted otherwise. */
  public static byte[] disputeText(String draw, String reason) {
    return text("elottery/dispute/v1\n" + draw + "\n" + reason + "\n");
  }

  /**
   * What a party signs when it agrees that a stalled draw is void.
   *
   * @param approval hash of what two officers approved; 32 bytes
   */
  public static byte[] voidText(String draw, byte[] approval, String reason) {
    return text(
        "elottery/void/v1\n" + draw + "\n" + BytesText.hex(approval) + "\n" + reason + "\n");
  }

  private static byte[] unsigned64(long value) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (value >>> (56 - 8 * i));
    }
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
