package io.elottery.worker;

import io.elottery.heartbeat.link.LinkRefusal;
import io.elottery.heartbeat.netty.NettyLinks;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.ledger.node.Work;
import io.elottery.lottery.answer.Census;
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.shards.Replicas;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The meters of a worker's connections and loops. */
final class WorkerMeters {
  private WorkerMeters() {}

  static void register(
      MeterRegistry registry,
      NettyTrunks trunks,
      NettyLinks links,
      Replicas replicas,
      FenceDesk fences) {
    FunctionCounter.builder("elottery.worker.orders.outdated", fences, FenceDesk::refused)
        .register(registry);
    FunctionCounter.builder("elottery.heartbeat.trunks.refused", trunks, NettyTrunks::refused)
        .register(registry);
    for (LinkRefusal reason : LinkRefusal.values()) {
      FunctionCounter.builder("elottery.heartbeat.links.refused", links, it -> it.refused(reason))
          .tag("reason", reason.text())
          .register(registry);
    }
    Gauge.builder("elottery.heartbeat.trunks.connected", trunks, it -> it.connected().size())
        .register(registry);
    actors(registry, replicas, "draw", Census::draws);
    actors(registry, replicas, "player", Census::players);
    Gauge.builder("elottery.worker.errands.open", replicas, it -> it.errands().underWay())
        .register(registry);
    FunctionCounter.builder("elottery.worker.errands.done", replicas, it -> it.errands().done())
        .register(registry);
    FunctionCounter.builder("elottery.worker.errands.again", replicas, it -> it.errands().again())
        .register(registry);
    work(registry, replicas, "commands", Work::commands);
    work(registry, replicas, "entries", Work::entries);
    work(registry, replicas, "flushes", Work::flushes);
    work(registry, replicas, "messages", Work::messages);
    Gauge.builder("elottery.ledger.loop.tasks", replicas, Replicas::queued).register(registry);
  }

  private static void work(
      MeterRegistry registry, Replicas replicas, String what, ToLongFunction<Work> of) {
    FunctionCounter.builder("elottery.ledger." + what, replicas, it -> of.applyAsLong(it.work()))
        .register(registry);
  }

  private static void actors(
      MeterRegistry registry, Replicas replicas, String kind, Function<Census, Census.Kind> of) {
    Gauge.builder("elottery.ledger.actors", replicas, it -> of.apply(it.census()).actors())
        .tag("kind", kind)
        .register(registry);
    Gauge.builder("elottery.ledger.tickets", replicas, it -> of.apply(it.census()).tickets())
        .tag("kind", kind)
        .register(registry);
    Gauge.builder("elottery.ledger.actors.bytes", replicas, it -> of.apply(it.census()).bytes())
        .tag("kind", kind)
        .register(registry);
  }
}
