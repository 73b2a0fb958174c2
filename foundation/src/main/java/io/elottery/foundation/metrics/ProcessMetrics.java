package io.elottery.foundation.metrics;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The meters of one server, tagged with its name and role. Names: {@code
 * elottery.<module>.<noun>.<unit>}. Any thread.
 */
public final class ProcessMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics garbageCollector = new JvmGcMetrics();

  private ProcessMetrics(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** With no meters but the server's own. */
  public static ProcessMetrics of(NodeId node, Role role) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags("node", node.name(), "role", role.text());
    return new ProcessMetrics(registry);
  }

  /** Adds heap, garbage collection, threads and processor time; once per process. */
  public ProcessMetrics withJvm() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbageCollector.bindTo(registry);
    return this;
  }

  /** Where parts register their meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All meters in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollector.close();
    registry.close();
  }
}
