package io.elottery.keyvault.webhook;

import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a receiver that a message came from who knows its secret, unaltered and at the time it
 * says: HMAC-SHA256 over {@code id.timestamp.body} (Standard Webhooks, specification 1.0.0,
 * "Symmetric signature"). A receiver must refuse a time-stamp older than some minutes, or an old
 * message can be sent again.
 */
public final class WebhookSignature {
  private static final String VERSION = "v1,";

  private WebhookSignature() {}

  /**
   * The value of {@code webhook-signature}.
   *
   * @param timestamp seconds since 1970, as in {@code webhook-timestamp}
   */
  public static String of(Secret secret, String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal(SecretAccess.KEYVAULT), "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException ours) {
      throw new IllegalStateException("HMAC-SHA256 is in every JDK", ours);
    }
  }

  /**
   * Whether one of the signatures in the header holds; as a receiver would check it.
   *
   * @param header several signatures are separated by a space
   */
  public static boolean holds(
      Secret secret, String id, long timestamp, byte[] body, String header) {
    byte[] expected = of(secret, id, timestamp, body).getBytes(StandardCharsets.UTF_8);
    boolean holds = false;
    for (String one : header.split(" ", -1)) {
      holds |= MessageDigest.isEqual(expected, one.getBytes(StandardCharsets.UTF_8));
    }
    return holds;
  }
}
