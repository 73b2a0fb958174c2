package io.elottery.web.signin;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.time.RandomSource;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody signed in shows: the player's id and 32 random bytes. The ledger keeps only its
 * SHA-256.
 *
 * @param text the whole token: a secret
 */
public record SessionToken(PlayerId player, String text) {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** A fresh one. */
  public static SessionToken fresh(PlayerId player, RandomSource random) {
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(32));
    return new SessionToken(player, player + "." + secret);
  }

  /** Reads what a caller shows; empty when it cannot be one. */
  public static Optional<SessionToken> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || !SECRET.matcher(text.substring(dot + 1)).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SessionToken(PlayerId.parse(text.substring(0, dot)), text));
    } catch (IllegalArgumentException noPlayer) {
      return Optional.empty();
    }
  }

  /** What the ledger knows of it. */
  public Octets digest() {
    return Octets.wrap(sha256(text));
  }

  /** The digest of a token. */
  public static byte[] sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SessionToken[«secret»]";
  }
}
