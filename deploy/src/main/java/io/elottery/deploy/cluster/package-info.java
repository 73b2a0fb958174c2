/**
 * Clusters of this machine: their files, addresses and processes. Entry type: {@link
 * io.elottery.deploy.cluster.LocalCluster}, on the calling thread.
 */
@NullMarked
package io.elottery.deploy.cluster;

import org.jspecify.annotations.NullMarked;
