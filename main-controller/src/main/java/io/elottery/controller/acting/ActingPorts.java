package io.elottery.controller.acting;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.Neighbourhoods;
import io.elottery.controller.network.Pair;
import io.elottery.controller.network.PlanEdits;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What acting needs from the rest of main.
 *
 * @param mains the other mains
 * @param workers every worker of the roster, with its half by {@code half}
 * @param judgements the last of each worker
 * @param reports the last of each worker
 * @param change records a change of the plan
 * @param keyless why a pair of neighbours has no key in use yet; empty when it has
 * @param draws what is sold or drawn on a shard, in words
 */
public record ActingPorts(
    Switchboard board,
    NodeLoop loop,
    Hemispheres halves,
    Records records,
    Collection<NodeId> mains,
    Supplier<Collection<NodeId>> workers,
    Function<NodeId, Hemisphere> half,
    Predicate<NodeId> connected,
    Supplier<Map<NodeId, Judgement>> judgements,
    Supplier<List<Report>> reports,
    Supplier<Optional<Ring>> ring,
    Neighbourhoods neighbourhoods,
    Function<UnaryOperator<PlanEdits>, CompletableFuture<Void>> change,
    Function<Pair, Optional<String>> keyless,
    Function<ShardId, List<String>> draws,
    EventSink events) {}
