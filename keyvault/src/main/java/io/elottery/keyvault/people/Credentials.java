package io.elottery.keyvault.people;

import io.elottery.foundation.hash.Sha256;
import io.elottery.keyvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a member of the staff shows to sign in; nothing of it in clear.
 *
 * @param token hex SHA-256 of a lasting token, of the first members only
 * @param password of those who took up an invitation
 * @param invitation not taken up yet
 */
public record Credentials(
    Optional<String> token, Optional<PasswordHash> password, Optional<Invitation> invitation) {
  /** Nothing: cannot sign in. */
  public static final Credentials NONE =
      new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

  /** By a lasting token, of which only the digest is known. */
  public static Credentials ofToken(String digest) {
    return new Credentials(Optional.of(digest), Optional.empty(), Optional.empty());
  }

  /** By a password alone. */
  public static Credentials ofPassword(PasswordHash password) {
    return new Credentials(Optional.empty(), Optional.of(password), Optional.empty());
  }

  /** By an invitation alone. */
  public static Credentials ofInvitation(Invitation invitation) {
    return new Credentials(Optional.empty(), Optional.empty(), Optional.of(invitation));
  }

  /** Hex SHA-256 of a token's text. */
  public static String digest(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  static boolean same(String digest, String text) {
    return MessageDigest.isEqual(
        digest.getBytes(StandardCharsets.US_ASCII),
        digest(text).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return Secret.HIDDEN;
  }
}
