package io.elottery.worker;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.ledger.machine.MachineFactory;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.query.LotteryQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A worker as any other, but that the first copy of each shard that it opens says there were never
 * any past results, as one would whose memory was altered. A copy made anew tells the truth.
 */
public final class LyingWorker {
  private LyingWorker() {}

  /** {@code FILE}: its configuration. Runs until it is killed. */
  public static void main(String... args) throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    try (NettyRuntime runtime = new NettyRuntime(2)) {
      ConfigSource config = ConfigSource.load(Path.of(args[0]), Map.of(), List.of());
      Lifecycle worker =
          WorkerAssembly.of(config, runtime, stop::countDown, why -> {}, LyingWorker::lying);
      worker.start();
      stop.await();
    }
    System.exit(1);
  }

  private static MachineFactory lying(MachineFactory honest) {
    Set<ShardId> opened = ConcurrentHashMap.newKeySet();
    return shard -> opened.add(shard) ? new Liar(honest.create(shard)) : honest.create(shard);
  }

  private record Liar(ReplicatedMachine honest) implements ReplicatedMachine {
    @Override
    public byte[] query(byte[] query, long position) {
      try {
        return LotteryQuery.decode(query) instanceof LotteryQuery.PastResults
            ? new LotteryAnswer.PastResultsFound(List.of(), Optional.empty()).encode()
            : honest.query(query, position);
      } catch (MalformedMessage malformed) {
        throw new InvariantViolation(String.valueOf(malformed.getMessage()));
      }
    }

    @Override
    public byte[] execute(Instant stampedAt, byte[] random32, long position, byte[] command) {
      return honest.execute(stampedAt, random32, position, command);
    }

    @Override
    public void follow(Instant stampedAt, byte[] random32, long position, byte[] command) {
      honest.follow(stampedAt, random32, position, command);
    }

    @Override
    public boolean takesRoom(byte[] command) {
      return honest.takesRoom(command);
    }

    // Its state is right, only its answers are not: another state is found by the heads at once.
    @Override
    public byte[] takeDigest() {
      return honest.takeDigest();
    }

    @Override
    public void snapshot(Consumer<byte[]> pieces) {
      honest.snapshot(pieces);
    }

    @Override
    public void restore(List<byte[]> pieces) {
      honest.restore(pieces);
    }

    @Override
    public Optional<Instant> nextWake() {
      return honest.nextWake();
    }

    @Override
    public byte[] wakeCommand() {
      return honest.wakeCommand();
    }
  }
}
