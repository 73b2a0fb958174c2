package io.elottery.reports.roster;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;

/**
 * A main process in the roster.
 *
 * @param address where its trunk listens
 */
public record RosterMain(NodeId id, Address address) {}
