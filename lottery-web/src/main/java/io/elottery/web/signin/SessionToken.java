package io.elottery.web.signin;

import io.elottery.foundation.time.RandomSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a signed-in player shows: the player's id and 32 random bytes. The ledger keeps only its
 * SHA-256.
 *
 * @param text the whole token: a secret
 */
public record SessionToken(String playerId, String text) {
  private static final Pattern FORM =
      Pattern.compile("([A-Z]{3}[CM][0-9]{4,9})\\.[A-Za-z0-9_-]{43}");

  /** A fresh one. */
  public static SessionToken fresh(String playerId, RandomSource random) {
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(32));
    return new SessionToken(playerId, playerId + "." + secret);
  }

  /** Reads what a caller shows; empty when it cannot be one. */
  public static Optional<SessionToken> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.of(new SessionToken(form.group(1), text)) : Optional.empty();
  }

  /** What the ledger knows of it. */
  public byte[] digest() {
    return sha256(text);
  }

  /** The player's branch. */
  public String branch() {
    return playerId.substring(0, 3);
  }

  /** Whether it is an operator's. */
  public boolean operator() {
    return playerId.charAt(3) == 'M';
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SessionToken[«secret»]";
  }
}
