package io.elottery.keyvault.enrol;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificate asked for.
 *
 * @param chain DER; the server's own first, the authority's last
 */
public record EnrolReply(List<byte[]> chain) {
  private static final int CHAIN_MAX = 4;

  /** Copies the list. */
  public EnrolReply {
    chain = List.copyOf(chain);
    if (chain.size() < 2 || chain.size() > CHAIN_MAX) {
      throw new IllegalArgumentException(
          "chain of " + chain.size() + " certificates: expected 2 … " + CHAIN_MAX);
    }
  }

  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    WireWriter out = new WireWriter(1024).varint(chain.size());
    chain.forEach(out::bytes);
    return new Envelope(KeyvaultKinds.ENROLLED, KeyvaultKinds.VERSION, out.toBytes());
  }

  /** Reads it. */
  public static EnrolReply from(Envelope envelope) throws MalformedMessage {
    WireReader in = new WireReader(envelope.body());
    int count = in.count(CHAIN_MAX);
    List<byte[]> chain = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chain.add(in.bytes());
    }
    in.done();
    if (count < 2) {
      throw new MalformedMessage("enrolment reply: a chain of " + count + " certificates");
    }
    return new EnrolReply(chain);
  }
}
