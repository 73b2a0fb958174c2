package io.elottery.keyvault.pieces;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.bouncycastle.Shamir;
import io.elottery.keyvault.pieces.PieceRefused.Why;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import io.elottery.keyvault.vault.Compartment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One piece of a compartment's unseal key. Fewer pieces than the threshold say nothing about the
 * key; the piece printed as a record hides its share, {@link #text} alone shows it.
 *
 * <p>As text: {@code elp1-left-g1-3-of-5-<52 characters>-<8 characters>}, the latter the first 40
 * bits of SHA-256 of all before, so that a slip of the pen is found before anything else is said.
 *
 * @param generation of the vault's header, from 1
 * @param number 1 … pieces
 * @param pieces how many there are
 * @param share 32 bytes
 */
public record KeyPiece(
    Compartment compartment, int generation, int number, int pieces, Secret share) {
  /** Bytes of a share. */
  public static final int LENGTH = 32;

  private static final Pattern TEXT =
      Pattern.compile(
          "elp1-(network|left|right)-g([1-9][0-9]{0,8})-([1-9][0-9]{0,2})-of-([1-9][0-9]{0,2})"
              + "-([a-z2-7]{52})-([a-z2-7]{8})");
  private static final byte[] COMMITMENT =
      "elottery/piece/v1\n".getBytes(StandardCharsets.US_ASCII);

  /** Checks the ranges. */
  public KeyPiece {
    if (generation < 1
        || number < 1
        || number > pieces
        || pieces > Shamir.SHARES_MAX
        || share.length() != LENGTH) {
      throw new IllegalArgumentException("piece " + number + " of " + pieces + ": no");
    }
  }

  /**
   * Reads a piece; blanks, line ends and capitals do not matter.
   *
   * @throws PieceRefused when it is no piece or was mistyped
   */
  public static KeyPiece parse(String text) throws PieceRefused {
    String plain = text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    Matcher parts = TEXT.matcher(plain);
    if (!parts.matches()) {
      throw new PieceRefused(
          Why.MISTYPED,
          "this is not a whole key piece: expected elp1-COMPARTMENT-gN-N-of-N-… as on the paper");
    }
    String body = plain.substring(0, parts.start(6) - 1);
    if (!check(body).equals(parts.group(6))) {
      throw new PieceRefused(
          Why.MISTYPED, "the piece was mistyped: its last 8 characters do not fit; compare again");
    }
    try {
      return new KeyPiece(
          Compartment.parse(parts.group(1)),
          Integer.parseInt(parts.group(2)),
          Integer.parseInt(parts.group(3)),
          Integer.parseInt(parts.group(4)),
          Secret.of(Base32.parse(parts.group(5))));
    } catch (IllegalArgumentException outOfRange) {
      throw new PieceRefused(Why.MISTYPED, "this is not a key piece: its numbers do not fit");
    }
  }

  /** What the officer keeps. Secret. */
  public String text() {
    String body = label() + "-" + Base32.of(share.reveal(SecretAccess.KEYVAULT));
    return body + "-" + check(body);
  }

  /** Which piece it is, without the secret: {@code elp1-left-g1-3-of-5}. */
  public String label() {
    return "elp1-" + compartment.text() + "-g" + generation + "-" + number + "-of-" + pieces;
  }

  /**
   * What the vault's header says of it in clear: enough to recognise it, useless to make it, since
   * the share is 32 random bytes.
   */
  public byte[] commitment() {
    byte[] all =
        new WireWriter()
            .raw(COMMITMENT)
            .text(compartment.text())
            .i32(generation)
            .i32(number)
            .raw(share.reveal(SecretAccess.KEYVAULT))
            .toBytes();
    return Sha256.of(all);
  }

  @Override
  public String toString() {
    return label() + " " + Secret.HIDDEN;
  }

  private static String check(String body) {
    byte[] digest = Sha256.of(body.getBytes(StandardCharsets.US_ASCII));
    return Base32.of(Arrays.copyOf(digest, 5));
  }
}
