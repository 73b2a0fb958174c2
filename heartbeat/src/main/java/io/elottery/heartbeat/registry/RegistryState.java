package io.elottery.heartbeat.registry;

/**
 * The session with the registry.
 *
 * <pre>
 *   LOST --connect--> CONNECTED --silence--> SUSPENDED --session time-out--> LOST
 *                         ^----- heard again in time --------'
 * </pre>
 */
public enum RegistryState {
  /** In session: what was held is held. */
  CONNECTED,
  /** Not heard for a while; what was held may still be. */
  SUSPENDED,
  /** No session: what was held is not, and others may hold it. Also before the first connection. */
  LOST
}
