package io.elottery.heartbeat.link;

import java.util.Optional;

/**
 * Where links get their keys. Called on a connection's thread: must be thread-safe, answer from
 * memory and never wait.
 */
public interface PairKeys {
  /** The key epoch this end dials with; 0 when it has no key for the link yet. */
  int sendEpoch(LinkId link);

  /**
   * The key of one direction and epoch, derived from the pair key and the identity; never the pair
   * key itself.
   *
   * @param identity {@link PskIdentity#text()}
   * @return 32 bytes, the caller's own; empty when there is no such key
   */
  Optional<byte[]> psk(LinkId link, int epoch, String identity);
}
