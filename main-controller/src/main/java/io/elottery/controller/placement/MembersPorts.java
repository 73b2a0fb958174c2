package io.elottery.controller.placement;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What changes of members need from the rest of main.
 *
 * @param workers every worker of the plan, and where it stands
 * @param connected whether a trunk to it is open
 * @param serves whether it may get copies: it is up and not to rest
 */
public record MembersPorts(
    Switchboard board,
    NodeLoop loop,
    Hemispheres halves,
    Records records,
    PlacementBook book,
    Supplier<Map<NodeId, Location>> workers,
    Predicate<NodeId> connected,
    Predicate<NodeId> serves,
    EventSink events) {}
