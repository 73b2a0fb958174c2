/**
 * What supervising costs a member, beside others of the trade. Entry type: {@link
 * io.elottery.deploy.bench.peers.SupervisionCostBench}.
 */
@NullMarked
package io.elottery.deploy.bench.peers;

import org.jspecify.annotations.NullMarked;
