/**
 * The least that members with four neighbours can cost: bytes over plain connections. Entry type:
 * {@link io.elottery.deploy.bench.peers.plain.PlainMembers}.
 */
@NullMarked
package io.elottery.deploy.bench.peers.plain;

import org.jspecify.annotations.NullMarked;
