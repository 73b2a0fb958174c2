package io.elottery.web;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;

/**
 * One gateway of the network, wired and startable. Any number may run in one JVM.
 *
 * <p>{@link #start()} returns when both ports listen; the network may still be away, then requests
 * are answered 503 until it is reached.
 */
public interface Gateway extends Lifecycle {
  /** Where the site and the public API listen; the real port where 0 was asked for. */
  Address site();

  /** Where the staff port listens; the real port where 0 was asked for. */
  Address staff();
}
