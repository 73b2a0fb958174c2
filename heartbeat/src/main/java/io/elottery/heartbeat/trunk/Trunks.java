package io.elottery.heartbeat.trunk;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.transport.Transport;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/**
 * The trunks of one server: TLS 1.3 connections on which both ends showed a certificate of the
 * network's own authority.
 *
 * <p>A trunk carries messages both ways, whoever dialled. There is one per pair of servers: of two
 * dialled by the same server the newer stays, of two dialled by both the lower id's. Any thread.
 *
 * <p>{@link #send} answers false when nobody is connected under that id or more bytes wait for it
 * than {@link TrunkConfig#outboundMax()}.
 */
public interface Trunks extends Transport, Lifecycle {
  /**
   * Keeps a trunk to that server: dials now and whenever it is lost, with growing, jittered pauses
   * of bounded length. A second call with another address takes effect at the next dialling. The
   * other end must prove both this id and this role, or it is refused.
   */
  void dial(NodeId to, Role expected, Address address);

  /** Stops dialling that server and closes the trunk to it, if any. */
  void undial(NodeId to);

  /**
   * Where other servers reach this one; the real port where 0 was asked for.
   *
   * @throws IllegalStateException without a listener or before the start
   */
  Address listening();

  /**
   * Asks again whether the certificates behind the trunks are accepted, and closes at once those
   * that are not. They are dialled again, and refused.
   */
  void recheck();

  /** What the server connected under this id has shown; empty when nobody is. */
  Optional<X509Certificate> certificate(NodeId connected);

  /** Who is connected now. */
  Set<NodeId> connected();
}
