package io.elottery.keyvault.rotation;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.wire.MalformedMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The registry of all simulated mains: linearizable, fenced, and failing now and then. */
final class SharedRecords {
  private final RotationWorld town;
  final Map<LinkName, byte[]> pairs = new TreeMap<>();
  private final Map<LinkName, Read> decoded = new TreeMap<>();
  Optional<byte[]> plan = Optional.empty();
  long fence;
  double failing;

  SharedRecords(RotationWorld town) {
    this.town = town;
  }

  /** What is recorded of a link, keys and all. */
  Optional<PairRecord> pair(LinkName link) {
    byte[] bytes = pairs.get(link);
    if (bytes == null) {
      return Optional.empty();
    }
    Read known = decoded.get(link);
    if (known == null || known.bytes != bytes) {
      known = new Read(bytes, read(() -> PairRecord.decoded(bytes)));
      decoded.put(link, known);
    }
    return Optional.of(known.record);
  }

  // Invariants look at every record after every event: each version is decoded once.
  private record Read(byte[] bytes, PairRecord record) {}

  /** The plan that is recorded. */
  Optional<RotationPlan> rotation() {
    return plan.map(bytes -> read(() -> RotationPlan.decoded(bytes)));
  }

  /** As one main sees them. */
  final class View implements PairRecords, PlanRecord {
    private final SimNode node;
    private final NodeLoop loop;
    private final Executor away;
    private final long mine;

    View(SimNode node, NodeLoop loop, long mine) {
      this.node = node;
      this.loop = loop;
      this.away = node.offLoop();
      this.mine = mine;
    }

    @Override
    public CompletableFuture<Optional<PairRecord>> read(LinkName link) {
      return asked(() -> pair(link));
    }

    @Override
    public CompletableFuture<List<LinkName>> links() {
      return asked(() -> List.copyOf(pairs.keySet()));
    }

    @Override
    public CompletableFuture<Void> write(PairRecord record) {
      return written(
          "pair record " + record.state().phase(),
          () -> {
            town.checkWrite(record);
            pairs.put(record.state().link(), record.encoded());
          });
    }

    @Override
    public CompletableFuture<Optional<RotationPlan>> read() {
      return asked(SharedRecords.this::rotation);
    }

    @Override
    public CompletableFuture<Void> write(RotationPlan next) {
      return written("plan " + next.state(), () -> plan = Optional.of(next.encoded()));
    }

    private <T> CompletableFuture<T> asked(java.util.function.Supplier<T> what) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      away.execute(
          () -> {
            if (fails()) {
              loop.post(() -> answer.completeExceptionally(new IllegalStateException("away")));
            } else {
              T value = what.get();
              loop.post(() -> answer.complete(value));
            }
          });
      return answer;
    }

    private CompletableFuture<Void> written(String what, Runnable write) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      town.points.pass(node, "before " + what);
      away.execute(
          () -> {
            boolean refused = mine < fence || fails();
            if (!refused) {
              write.run();
            }
            if (town.points.dies(node, "after " + what)) {
              return;
            }
            boolean lost = fails(); // Done, but nobody hears of it.
            loop.post(
                () -> {
                  if (refused || lost) {
                    answer.completeExceptionally(new IllegalStateException("away or old fence"));
                  } else {
                    answer.complete(null);
                  }
                });
          });
      return answer;
    }

    private boolean fails() {
      return town.world.chance().chance(failing);
    }
  }

  private interface Reading<T> {
    T read() throws MalformedMessage;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }
}
