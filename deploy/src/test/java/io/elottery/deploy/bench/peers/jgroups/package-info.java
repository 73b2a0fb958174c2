/** JGroups. Entry type: {@link io.elottery.deploy.bench.peers.jgroups.JGroupsMembers}. */
@NullMarked
package io.elottery.deploy.bench.peers.jgroups;

import org.jspecify.annotations.NullMarked;
