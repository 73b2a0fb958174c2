package io.elottery.worker.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Six workers in a circle of neighbours, twelve shards with three copies each; a worker can write a
 * hundred commands a second for each shard share of its capacity. Load is what impulses carry, half
 * a second old.
 */
class SharingSimulation {
  private static final int WORKERS = 6;
  private static final int SHARDS = 12;
  private static final Duration STEP = Duration.ofMillis(500);

  private final SharingConfig config = SharingConfig.STANDARD;
  private final List<Sharing> sharings = new ArrayList<>();
  private final int[] writer = new int[SHARDS];
  private final double[] rate = new double[SHARDS]; // commands a second
  private final double[] waiting = new double[SHARDS];
  private final int[] loads = new int[WORKERS];
  private final Map<Integer, Integer> resting = new TreeMap<>();
  private double capacity;
  private long now;
  private int moves;

  SharingSimulation() {
    for (int i = 0; i < WORKERS; i++) {
      sharings.add(new Sharing(config));
    }
  }

  @Test
  void oneGivenAllWritersAtThreeTimesItsLoadIsRelievedWithinTenSeconds() {
    for (long seed = 1; seed <= 50; seed++) {
      SharingSimulation town = new SharingSimulation();
      Random random = new Random(seed);
      // Worker 0 holds copies of shards 0 … 5 (its own and its neighbours'): it writes them all.
      for (int shard = 0; shard < SHARDS; shard++) {
        town.writer[shard] = town.holds(0, shard) ? 0 : town.preferred(shard);
        town.rate[shard] = town.holds(0, shard) ? 80 + random.nextInt(40) : 0;
      }
      double all = 0;
      for (double one : town.rate) {
        all += one;
      }
      town.capacity = all / 3;

      Optional<Duration> relieved = town.runUntilRelieved(0, Duration.ofSeconds(30));

      assertThat(relieved).as("seed %d", seed).isPresent();
      assertThat(relieved.get()).as("seed %d", seed).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void movesStayWithinTheirBoundWhenAllAreOverloaded() {
    capacity = 10;
    for (int shard = 0; shard < SHARDS; shard++) {
      writer[shard] = preferred(shard);
      rate[shard] = 100;
    }

    run(Duration.ofMinutes(1));

    assertThat(moves).as("nobody has room: nothing moves").isZero();
  }

  @Test
  void thePreferredWriterGetsItsShardBackWhenItHasBeenCalm() {
    capacity = 1000;
    for (int shard = 0; shard < SHARDS; shard++) {
      writer[shard] = preferred(shard);
      rate[shard] = 50;
    }
    writer[0] = 1;

    run(Duration.ofSeconds(55));
    assertThat(writer[0]).isEqualTo(1);
    run(Duration.ofSeconds(10));
    assertThat(writer[0]).isEqualTo(preferred(0));
    assertThat(moves).isEqualTo(1);
  }

  @Test
  void thePreferredWriterGetsNothingWhileItIsBusy() {
    capacity = 100;
    for (int shard = 0; shard < SHARDS; shard++) {
      writer[shard] = preferred(shard);
      rate[shard] = 10;
    }
    rate[6] = 70; // Worker 0's other shard keeps it at 70 % and more.
    writer[0] = 1;

    run(Duration.ofMinutes(3));

    assertThat(writer[0]).isEqualTo(1);
  }

  private Optional<Duration> runUntilRelieved(int worker, Duration most) {
    long began = now;
    while (now - began < most.toNanos()) {
      step();
      double offered = 0;
      for (int shard = 0; shard < SHARDS; shard++) {
        offered += writer[shard] == worker ? rate[shard] : 0;
      }
      if (offered <= capacity) {
        return Optional.of(Duration.ofNanos(now - began));
      }
    }
    return Optional.empty();
  }

  private void run(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      step();
    }
  }

  private void step() {
    now += STEP.toNanos();
    int[] before = loads.clone();
    for (int worker = 0; worker < WORKERS; worker++) {
      loads[worker] = load(worker);
    }
    for (int worker = 0; worker < WORKERS; worker++) {
      int self = worker;
      List<Sharing.Written> written = new ArrayList<>();
      for (int shard = 0; shard < SHARDS; shard++) {
        if (writer[shard] == worker) {
          List<NodeId> others = new ArrayList<>();
          for (int other = 0; other < WORKERS; other++) {
            if (other != worker && holds(other, shard)) {
              others.add(id(other));
            }
          }
          written.add(new Sharing.Written(shard, others, id(preferred(shard)), true));
        }
      }
      List<Sharing.Neighbour> neighbours = new ArrayList<>();
      for (int step : new int[] {1, 2, WORKERS - 2, WORKERS - 1}) {
        int other = (worker + step) % WORKERS;
        neighbours.add(new Sharing.Neighbour(id(other), before[other], resting.containsKey(other)));
      }
      sharings
          .get(worker)
          .look(now, id(self), loads[worker], written, neighbours)
          .ifPresent(
              move -> {
                moves++;
                writer[move.shard()] = Integer.parseInt(move.to().name().substring(7));
              });
    }
  }

  // A worker serves what it writes, each shard its share; what is left waits.
  private int load(int worker) {
    double offered = 0;
    double queued = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      if (writer[shard] == worker) {
        offered += rate[shard] * STEP.toMillis() / 1000.0;
        queued += waiting[shard];
      }
    }
    double served = Math.min(offered + queued, capacity * STEP.toMillis() / 1000.0);
    double left = offered + queued - served;
    for (int shard = 0; shard < SHARDS; shard++) {
      if (writer[shard] == worker) {
        waiting[shard] = offered == 0 ? 0 : left * rate[shard] / (offered * 2);
      }
    }
    double used = capacity == 0 ? 0 : served / (capacity * STEP.toMillis() / 1000.0);
    return config.permille(used * 0.95, Duration.ofNanos((long) (left / capacity * 1e9)));
  }

  private boolean holds(int worker, int shard) {
    int distance = (worker - preferred(shard) + WORKERS) % WORKERS;
    return distance <= 2;
  }

  private int preferred(int shard) {
    return shard % WORKERS;
  }

  private static NodeId id(int number) {
    return NodeId.of("worker-" + number);
  }
}
