package io.elottery.heartbeat.link;

import io.elottery.foundation.id.NodeId;
import java.util.Optional;

/**
 * What the dialler of a link names its key by, in clear on the wire: nothing secret in it. Text
 * form {@code elottery/link/v1 DIALLER LISTENER PURPOSE EPOCH}.
 *
 * @param epoch the key epoch, 1 or more
 */
public record PskIdentity(LinkId link, int epoch) {
  private static final String PREFIX = "elottery/link/v1";
  private static final int TEXT_MAX = 128;

  /** The text form, hashed into the key. */
  public String text() {
    return PREFIX
        + " "
        + link.low()
        + " "
        + link.high()
        + " "
        + link.purpose().text()
        + " "
        + epoch;
  }

  /** Reads the text form; empty for anything else, also when the higher id would be dialling. */
  public static Optional<PskIdentity> parse(String text) {
    if (text.length() > TEXT_MAX) {
      return Optional.empty();
    }
    String[] words = text.split(" ", -1);
    if (words.length != 5 || !words[0].equals(PREFIX)) {
      return Optional.empty();
    }
    try {
      LinkId link = new LinkId(NodeId.of(words[1]), NodeId.of(words[2]), Purpose.parse(words[3]));
      PskIdentity identity = new PskIdentity(link, Integer.parseInt(words[4]));
      return identity.epoch > 0 && identity.text().equals(text)
          ? Optional.of(identity)
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
