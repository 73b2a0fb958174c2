/** Hazelcast. Entry type: {@link io.elottery.deploy.bench.peers.hazelcast.HazelcastMembers}. */
@NullMarked
package io.elottery.deploy.bench.peers.hazelcast;

import org.jspecify.annotations.NullMarked;
