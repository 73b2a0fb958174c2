package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;

/**
 * One server of an ensemble as all of it are configured: {@code id@host:port:port}.
 *
 * @param quorum where it takes followers while it leads, TLS
 * @param election where it takes votes, TLS
 */
public record EnsembleMember(NodeId node, Address quorum, Address election) {
  /**
   * Reads the configured form.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static EnsembleMember parse(String text) {
    int at = text.indexOf('@');
    int last = text.lastIndexOf(':');
    try {
      if (at > 0 && last > at) {
        Address quorum = Address.parse(text.substring(at + 1, last));
        Address election = new Address(quorum.host(), Integer.parseInt(text.substring(last + 1)));
        return new EnsembleMember(NodeId.of(text.substring(0, at)), quorum, election);
      }
    } catch (IllegalArgumentException malformed) {
      // Falls through: the same answer as for any other text.
    }
    throw new IllegalArgumentException("member \"" + text + "\": expected id@host:port:port");
  }

  @Override
  public String toString() {
    return node + "@" + quorum + ":" + election.port();
  }
}
