package io.elottery.ledger.raft;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.transport.Transport;

/**
 * What all replicas of a worker share.
 *
 * @param self this worker
 * @param loop the ledger loop
 * @param transport the work connections of replica links
 * @param commit the worker's group commit
 * @param random for election times
 * @param faults told of everything that must not happen
 */
public record RaftPorts(
    NodeId self,
    NodeLoop loop,
    Transport transport,
    GroupCommit commit,
    RandomSource random,
    FaultHandler faults) {}
