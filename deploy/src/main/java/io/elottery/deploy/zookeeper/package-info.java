/**
 * A ZooKeeper server inside our process. Entry type: {@link
 * io.elottery.deploy.zookeeper.ZooKeeperNode}, own threads.
 */
@NullMarked
package io.elottery.deploy.zookeeper;

import org.jspecify.annotations.NullMarked;
