package io.elottery.keyvault.enrol;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server shows once to join: written {@code id.secret.sha256(CA)}. The last part lets the
 * server know the right main before it says the secret.
 *
 * @param id 16 hex digits, not secret
 * @param secret 32 bytes, in base64url without padding
 * @param caFingerprint lower-case hex SHA-256 of the authority's certificate (DER)
 */
public record JoinToken(String id, Secret secret, String caFingerprint) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{16})\\.([A-Za-z0-9_-]{43})\\.([0-9a-f]{64})");
  private static final int SECRET_LENGTH = 32;

  /** Checks the forms. */
  public JoinToken {
    if (!ID.matcher(id).matches()
        || secret.length() != SECRET_LENGTH
        || !FINGERPRINT.matcher(caFingerprint).matches()) {
      throw new IllegalArgumentException(expected());
    }
  }

  /** A fresh one for this authority. */
  public static JoinToken fresh(RandomSource random, String caFingerprint) {
    return new JoinToken(
        HexFormat.of().formatHex(random.bytes(8)),
        Secret.random(random, SECRET_LENGTH),
        caFingerprint);
  }

  /**
   * Reads the written form; blanks around it are allowed.
   *
   * @throws IllegalArgumentException for any other text, without repeating it
   */
  public static JoinToken parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(expected());
    }
    try {
      byte[] secret = Base64.getUrlDecoder().decode(form.group(2));
      return new JoinToken(form.group(1), Secret.of(secret), form.group(3));
    } catch (IllegalArgumentException spareBits) {
      throw new IllegalArgumentException(expected());
    }
  }

  /** The written form: a secret; for the owner-only file or the person who asked for it. */
  public String format() {
    byte[] revealed = secret.reveal(SecretAccess.KEYVAULT);
    return id
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(revealed)
        + "."
        + caFingerprint;
  }

  /** SHA-256 of the secret: all that the vault keeps of it. */
  public byte[] secretDigest() {
    return Sha256.of(secret.reveal(SecretAccess.KEYVAULT));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return id + "." + Secret.HIDDEN + "." + caFingerprint;
  }

  private static String expected() {
    return "join token: expected id.secret.sha256(CA) as `elottery init` wrote it";
  }
}
