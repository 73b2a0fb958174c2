package io.elottery.keyvault.webhook;

/**
 * What a receiver is to be sent.
 *
 * @param url where to; may hold a secret of the receiver's own: never logged or shown
 * @param timestamp seconds since 1970
 * @param signature the value of {@code webhook-signature}
 */
public record SignedAlert(String url, long timestamp, String signature) {
  @Override
  public String toString() {
    return "SignedAlert[" + timestamp + "]";
  }
}
