package io.elottery.worker;

import io.elottery.foundation.admin.AdminListener;
import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.ledger.machine.MachineFactory;
import io.elottery.ledger.node.LedgerConfig;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.lottery.chronicle.Projections;
import io.elottery.worker.disk.LeftFile;
import io.elottery.worker.heap.ProcessHeap;
import io.elottery.worker.shards.KeepConfig;
import io.elottery.worker.shards.LedgerReplicas;
import io.elottery.worker.shards.ReceiptFinisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Wires a worker: configuration in, startable node out. May be used many times in one JVM. */
public final class WorkerAssembly {
  private WorkerAssembly() {}

  /**
   * A worker that enrols if it has no certificate yet, dials the mains, follows the roster and
   * serves its shards; with a roster of its own from before it serves without any main.
   *
   * @param runtime shared by all nodes of the JVM; the caller closes it
   * @param stop asks the process to stop after a fault, or when this worker was removed from the
   *     network; must not wait
   * @throws ConfigRefused naming every wrong, missing or unknown key, or what its directory lacks
   */
  public static Lifecycle of(ConfigSource config, NettyRuntime runtime, Runnable stop)
      throws ConfigRefused {
    return of(config, runtime, stop, failed -> {});
  }

  /**
   * The same.
   *
   * @param diskFailed told why before {@code stop}, when the fault was the ledger's disk
   */
  static Lifecycle of(
      ConfigSource config, NettyRuntime runtime, Runnable stop, Consumer<String> diskFailed)
      throws ConfigRefused {
    return of(config, runtime, stop, diskFailed, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param around what stands around the machines of its copies
   */
  static Lifecycle of(
      ConfigSource config,
      NettyRuntime runtime,
      Runnable stop,
      Consumer<String> diskFailed,
      UnaryOperator<MachineFactory> around)
      throws ConfigRefused {
    WorkerConfig worker = WorkerConfig.from(config);
    LedgerConfig ledger = LedgerConfig.from(config);
    KeepConfig keep = KeepConfig.from(config);
    config.done();
    Optional<String> left = new LeftFile(worker.dir()).read();
    if (left.isPresent()) {
      throw new ConfigRefused(
          List.of(
              "node.dir: "
                  + worker.node()
                  + " was removed from the network ("
                  + left.get()
                  + "); to bring this machine back, join it under a new name with an empty"
                  + " directory"));
    }
    RandomSource random = new SecureRandomSource();
    FaultHandler table = FaultTable.standard().handler(() -> {}, stop);
    FaultHandler faults =
        (where, problem) -> {
          if (problem instanceof StoreFailed failed) {
            diskFailed.accept(worker.node() + ": " + failed.getMessage());
          }
          table.fault(where, problem);
        };
    NodeKeys keys = keys(worker, random);
    ProcessMetrics metrics = ProcessMetrics.of(worker.node(), Role.WORKER);
    Readiness readiness = new Readiness();
    WorkerNode node =
        new WorkerNode(
            worker,
            new WorkerNode.Ports(
                runtime,
                new SystemTime(),
                faults,
                keys,
                token(worker, keys),
                ports ->
                    new LedgerReplicas(
                        new LedgerReplicas.Setup(
                            worker.node(),
                            worker.dir().resolve("ledger"),
                            worker.diskReserve(),
                            ProcessHeap.room(),
                            ledger,
                            keep,
                            Projections.installed(),
                            () -> new ReceiptFinisher(keys),
                            random,
                            faults),
                        ports,
                        around),
                metrics.registry(),
                readiness,
                stop));
    List<Lifecycle> parts = new ArrayList<>(List.of(node));
    worker.admin().ifPresent(at -> parts.add(new AdminListener(at, readiness, metrics)));
    return new Parts(parts);
  }

  private static NodeKeys keys(WorkerConfig worker, RandomSource random) throws ConfigRefused {
    Path directory = worker.dir().resolve("keys");
    try {
      return NodeKeys.open(directory, worker.node(), Role.WORKER, random);
    } catch (KeyStoreUnreadable unreadable) {
      throw new ConfigRefused(List.of("node.dir: " + unreadable.getMessage()));
    }
  }

  // Shown once: with a certificate the token is not looked at any more.
  private static Optional<JoinToken> token(WorkerConfig worker, NodeKeys keys)
      throws ConfigRefused {
    if (keys.certificate().isPresent()) {
      return Optional.empty();
    }
    if (worker.enrolToken().isEmpty()) {
      throw new ConfigRefused(
          List.of(
              "enrol.token-file is missing: "
                  + worker.node()
                  + " has no certificate yet and needs its join token"));
    }
    Path file = worker.enrolToken().get();
    try {
      return Optional.of(JoinToken.parse(OwnerOnlyFiles.readLine(file)));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ConfigRefused(List.of("enrol.token-file " + file + ": " + unreadable.getMessage()));
    }
  }
}
