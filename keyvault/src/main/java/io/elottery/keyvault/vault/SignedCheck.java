package io.elottery.keyvault.vault;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.records.RecordCheck;
import io.elottery.keyvault.records.RecordForged;
import java.security.cert.X509Certificate;

/** Signed records prove themselves by their signature. */
public final class SignedCheck implements RecordCheck {
  private final X509Certificate authority;

  /**
   * @param authority whose mains are believed
   */
  public SignedCheck(X509Certificate authority) {
    this.authority = authority;
  }

  @Override
  public Checked check(String name, byte[] bytes) throws RecordForged {
    try {
      return new Checked(SignedRecord.check(name, bytes, authority).version(), true);
    } catch (MalformedMessage | CertificateRefused altered) {
      throw new RecordForged(String.valueOf(altered.getMessage()));
    }
  }
}
