package io.elottery.controller;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.P256;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;

/** A main's certificate and key without a key directory. */
public final class TestSigner implements CertifiedSigner {
  private static final RandomSource RANDOM = new SecureRandomSource();

  /** Of all test signers. */
  public static final CertificateAuthority AUTHORITY =
      CertificateAuthority.create("tests", RANDOM, new SystemTime());

  private final KeyPair pair = P256.generate(RANDOM);
  private final List<byte[]> chain;

  public TestSigner(NodeId node) {
    try {
      String subject = CertificateAuthority.subject(node, Role.MAIN);
      chain =
          List.of(
              AUTHORITY
                  .issue(
                      Certificates.signingRequest(subject, pair),
                      node,
                      Role.MAIN,
                      CertificateAuthority.VALIDITY)
                  .getEncoded(),
              AUTHORITY.certificate().getEncoded());
    } catch (GeneralSecurityException | CertificateRefused ours) {
      throw new AssertionError(ours);
    }
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException ours) {
      throw new AssertionError(ours);
    }
  }

  @Override
  public List<byte[]> chain() {
    return chain;
  }
}
