package io.elottery.keyvault.enrol;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;

/**
 * Asks for a certificate. With a token on a joining server's first trunk; with an empty token id
 * and secret on an authenticated trunk, where it asks for a renewal.
 *
 * @param tokenId of the join token, empty for a renewal
 * @param secret of the join token, empty for a renewal
 * @param node the name asked for; the token or the certificate shown must be bound to it
 * @param role the role asked for; likewise
 * @param signingRequest PKCS #10, DER, signed by the key it names
 * @param storeId of the server's own store, empty where it has none
 */
public record EnrolRequest(
    String tokenId, Secret secret, NodeId node, Role role, byte[] signingRequest, String storeId) {
  private static final int SIGNING_REQUEST_MAX = 8 << 10;
  private static final int TEXT_MAX = 64; // of the token's id, its secret, a store's id

  /** Bytes of the longest request; whoever asks has shown no certificate yet. */
  public static final int LENGTH_MAX = SIGNING_REQUEST_MAX + 512;

  /** Checks the sizes. */
  public EnrolRequest {
    if (signingRequest.length > SIGNING_REQUEST_MAX) {
      throw new IllegalArgumentException(
          "signing request of " + signingRequest.length + " bytes: at most " + SIGNING_REQUEST_MAX);
    }
    if (tokenId.length() > TEXT_MAX || secret.length() > TEXT_MAX || storeId.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "token or store id: at most " + TEXT_MAX + " characters each");
    }
  }

  /** The first request of a server. */
  public static EnrolRequest joining(
      JoinToken token, NodeId node, Role role, byte[] signingRequest, String storeId) {
    return new EnrolRequest(token.id(), token.secret(), node, role, signingRequest, storeId);
  }

  /** The request of a server that holds a certificate and wants a newer one. */
  public static EnrolRequest renewing(NodeId node, Role role, byte[] signingRequest) {
    return new EnrolRequest("", Secret.of(new byte[0]), node, role, signingRequest, "");
  }

  /** Whether it shows no token. */
  public boolean isRenewal() {
    return tokenId.isEmpty();
  }

  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    byte[] body =
        new WireWriter(signingRequest.length + 128)
            .text(tokenId)
            .bytes(secret.reveal(SecretAccess.KEYVAULT))
            .text(node.name())
            .text(role.text())
            .bytes(signingRequest)
            .text(storeId)
            .toBytes();
    return new Envelope(KeyvaultKinds.ENROL, KeyvaultKinds.VERSION, body);
  }

  /** Reads it. */
  public static EnrolRequest from(Envelope envelope) throws MalformedMessage {
    if (envelope.body().length > LENGTH_MAX) {
      throw new MalformedMessage(
          "enrolment of " + envelope.body().length + " bytes: at most " + LENGTH_MAX);
    }
    WireReader in = new WireReader(envelope.body());
    try {
      EnrolRequest request =
          new EnrolRequest(
              in.text(),
              Secret.of(in.bytes()),
              NodeId.of(in.text()),
              Role.parse(in.text()),
              in.bytes(),
              in.text());
      in.done();
      return request;
    } catch (IllegalArgumentException outOfForm) {
      throw new MalformedMessage("enrolment: a field is out of its form");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "EnrolRequest[" + (isRenewal() ? "renewal" : "token " + tokenId) + ", " + node + "]";
  }
}
