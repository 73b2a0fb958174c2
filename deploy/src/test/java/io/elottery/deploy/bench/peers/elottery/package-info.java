/**
 * Our workers' supervision over real links and trunks. Entry type: {@link
 * io.elottery.deploy.bench.peers.elottery.OurMembers}.
 */
@NullMarked
package io.elottery.deploy.bench.peers.elottery;

import org.jspecify.annotations.NullMarked;
