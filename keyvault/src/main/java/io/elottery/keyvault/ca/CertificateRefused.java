package io.elottery.keyvault.ca;

/** A signing request or certificate that is not accepted. Holds no secret. */
public final class CertificateRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what was expected. */
  public CertificateRefused(String message) {
    super(message);
  }

  /** With what was expected and what the cryptography said. */
  public CertificateRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
