package io.elottery.heartbeat.impulse;

import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.detector.Suspicion;
import java.time.Duration;
import java.time.Instant;

/**
 * What this worker knows of one neighbour, for its next report.
 *
 * @param sent impulses handed over for sending
 * @param heard impulses heard
 * @param lost impulses the neighbour numbered that were never heard
 * @param roundTrip of the last impulse that came back; zero before the first
 * @param suspicion the judgement
 * @param silence how long it has been silent, in multiples of the gap expected of it
 * @param since when {@code suspicion} was reached
 * @param hearsMain whether the neighbour said so in its last impulse
 * @param connected whether the impulse connection is up
 * @param refused whether a reconnect was refused since it closed
 * @param hearsMe whether the neighbour's last impulse echoed one of the last few of this worker's
 * @param loadPermille how busy the neighbour said it is, 0 … 1000
 */
public record NeighbourView(
    NodeId neighbour,
    long sent,
    long heard,
    long lost,
    Duration roundTrip,
    Suspicion suspicion,
    double silence,
    Instant since,
    boolean hearsMain,
    boolean connected,
    boolean refused,
    boolean hearsMe,
    int loadPermille) {}
