package io.elottery.foundation.id;

/**
 * The authenticated other end of a connection.
 *
 * @param id the name its certificate or pair key proved; for {@link Role#JOINING} the name claimed
 * @param role what its certificate says it is; {@link Role#WORKER} on links
 */
public record Peer(NodeId id, Role role) {
  @Override
  public String toString() {
    return id + "(" + role.text() + ")";
  }
}
