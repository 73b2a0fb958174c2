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
   * The newest epoch below that one this end holds a key of; 0 with none. The link falls back to it
   * while the other end does not know the newer one.
   */
  default int olderEpoch(LinkId link, int epoch) {
    return 0;
  }

  /**
   * The key of one direction and epoch, derived from the pair key and the identity; never the pair
   * key itself.
   *
   * @param identity {@link PskIdentity#text()}
   * @return 32 bytes, the caller's own; empty when there is no such key
   */
  Optional<byte[]> psk(LinkId link, int epoch, String identity);
}
