package io.elottery.controller.app;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;

/**
 * One main of the network, wired and startable. Any number may run in one JVM.
 *
 * <p>{@link #start()} returns when the trunk listens and this main stands for its half; ZooKeeper
 * may still be away.
 */
public interface Controller extends Lifecycle {
  /** Where trunks are taken; the real port where 0 was asked for. */
  Address trunk();
}
