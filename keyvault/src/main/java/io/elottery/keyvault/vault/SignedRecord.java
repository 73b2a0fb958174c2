package io.elottery.keyvault.vault;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.MainSignature;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * One signed record: who can write ZooKeeper cannot alter it, pass it off as another one, or give
 * it another version.
 *
 * @param version from 1
 * @param payload not copied
 * @param by the main that wrote it
 */
record SignedRecord(String name, long version, byte[] payload, NodeId by) {
  private static final byte[] PREFIX = "elottery/office/v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;

  /** The record's bytes, signed. */
  static byte[] sign(String name, long version, byte[] payload, CertifiedSigner signer) {
    byte[] body =
        new WireWriter(256 + payload.length)
            .u8(FORMAT)
            .text(name)
            .i64(version)
            .bytes(payload)
            .bytes(signer.chain().get(0))
            .toBytes();
    byte[] signature = signer.sign(signed(body));
    return new WireWriter(body.length + 128).raw(body).bytes(signature).toBytes();
  }

  /** Reads and checks. */
  static SignedRecord check(String name, byte[] bytes, X509Certificate authority)
      throws MalformedMessage, CertificateRefused {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("signed record: format " + format + " is not known");
    }
    String itsName = in.text();
    long version = in.i64();
    byte[] payload = in.bytes();
    byte[] certificate = in.bytes();
    byte[] body = Arrays.copyOf(bytes, bytes.length - in.remaining());
    byte[] signature = in.bytes();
    in.done();
    if (!itsName.equals(name) || version < 1) {
      throw new MalformedMessage("it is " + itsName + " in version " + version);
    }
    NodeId by = MainSignature.check(signed(body), signature, certificate, authority);
    return new SignedRecord(name, version, payload, by);
  }

  private static byte[] signed(byte[] body) {
    return new WireWriter(PREFIX.length + body.length).raw(PREFIX).raw(body).toBytes();
  }
}
