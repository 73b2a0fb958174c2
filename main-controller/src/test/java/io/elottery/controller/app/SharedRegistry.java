package io.elottery.controller.app;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.heartbeat.registry.Registry;
import io.elottery.heartbeat.registry.RegistryEntry;
import io.elottery.heartbeat.registry.RegistryState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One registry in memory that several mains share; answers at once. One thread. */
final class SharedRegistry {
  final Map<String, RegistryEntry> values = new TreeMap<>();
  private final Map<Hemisphere, LinkedHashMap<NodeId, Seat>> standing =
      new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, NodeId> leaders = new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, Holding> fences = new EnumMap<>(Hemisphere.class);
  private final List<Client> clients = new ArrayList<>();
  private boolean away;
  private long lastFence;
  // Transactions since the start, and the largest value of them.
  int writes;
  int largest;
  String largestAt = "";
  // When an answer comes: at once, until told otherwise.
  Executor answers = Runnable::run;

  private record Seat(Client client, ElectionListener listener) {}

  private record Holding(NodeId holder, long fence) {}

  SharedRegistry() {
    for (Hemisphere hemisphere : Hemisphere.values()) {
      standing.put(hemisphere, new LinkedHashMap<>());
    }
  }

  /** The count is lost, as after an empty registry was put in its place. */
  void loseCount() {
    lastFence = 0;
  }

  /** Who acts for the half; empty when nobody does. */
  String leader(String hemisphere) {
    NodeId leader = leaders.get(Hemisphere.valueOf(hemisphere));
    return leader == null ? "" : leader.name();
  }

  Client client(NodeId self) {
    Client client = new Client(self);
    clients.add(client);
    return client;
  }

  /** Nobody has a session any more; nothing is answered. */
  void goAway() {
    away = true;
    for (Hemisphere hemisphere : Hemisphere.values()) {
      NodeId leader = leaders.remove(hemisphere);
      Seat seat = leader == null ? null : of(hemisphere).get(leader);
      if (seat != null) {
        seat.listener.deposed(hemisphere);
      }
      of(hemisphere).clear();
    }
    clients.forEach(client -> client.listener.accept(RegistryState.LOST));
  }

  private LinkedHashMap<NodeId, Seat> of(Hemisphere hemisphere) {
    return standing.computeIfAbsent(hemisphere, none -> new LinkedHashMap<>());
  }

  private void settle() {
    for (Hemisphere hemisphere : Hemisphere.values()) {
      if (leaders.containsKey(hemisphere)) {
        continue;
      }
      of(hemisphere).entrySet().stream()
          .filter(seat -> !seat.getKey().equals(leaders.get(hemisphere.other())))
          .findFirst()
          .or(() -> of(hemisphere).entrySet().stream().findFirst())
          .ifPresent(seat -> seat(hemisphere, seat.getValue()));
    }
  }

  private void seat(Hemisphere hemisphere, Seat seat) {
    leaders.put(hemisphere, seat.client.self);
    seat.listener.elected(
        hemisphere, fence(hemisphere, seat.client.self, seat.client.highest.get()));
  }

  private long fence(Hemisphere hemisphere, NodeId holder, long atLeast) {
    lastFence = Math.max(lastFence, atLeast) + 1;
    writes++;
    fences.put(hemisphere, new Holding(holder, lastFence));
    return lastFence;
  }

  /** One main's session. */
  final class Client implements Registry, Election {
    final NodeId self;
    final AtomicLong highest = new AtomicLong();
    private boolean ended;
    private boolean dead;
    private Consumer<RegistryState> listener = state -> {};

    Client(NodeId self) {
      this.self = self;
    }

    /** Its process is no more: what it asked for and was not done yet never is. */
    void die() {
      dead = true;
    }

    /** The session is over: seats are given up, nothing is told. */
    void end() {
      ended = true;
      for (Hemisphere hemisphere : Hemisphere.values()) {
        of(hemisphere).remove(self);
        leaders.remove(hemisphere, self);
      }
      settle();
    }

    @Override
    public void stand(Hemisphere hemisphere, ElectionListener told) {
      if (!away) {
        of(hemisphere).put(self, new Seat(this, told));
        settle();
      }
    }

    @Override
    public void resign(Hemisphere hemisphere) {
      Seat seat = of(hemisphere).remove(self);
      if (leaders.remove(hemisphere, self) && seat != null) {
        seat.listener.deposed(hemisphere);
      }
      settle();
    }

    @Override
    public List<NodeId> candidates(Hemisphere hemisphere) {
      return List.copyOf(of(hemisphere).keySet());
    }

    @Override
    public void renew(Hemisphere hemisphere) {
      Seat seat = of(hemisphere).get(self);
      if (self.equals(leaders.get(hemisphere)) && seat != null) {
        seat.listener.deposed(hemisphere);
        seat(hemisphere, seat);
      }
    }

    @Override
    public void fenceSeen() {
      for (Hemisphere hemisphere : Hemisphere.values()) {
        if (lastFence < highest.get() && self.equals(leaders.get(hemisphere))) {
          renew(hemisphere);
        }
      }
    }

    @Override
    public CompletableFuture<Boolean> handOver(Hemisphere hemisphere, NodeId to) {
      Seat next = of(hemisphere).get(to);
      Seat held = of(hemisphere).get(self);
      if (!self.equals(leaders.get(hemisphere)) || next == null || held == null) {
        return CompletableFuture.completedFuture(false);
      }
      held.listener.deposed(hemisphere);
      seat(hemisphere, next);
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Optional<RegistryEntry>> read(String path) {
      return answered(() -> Optional.ofNullable(values.get(path)));
    }

    @Override
    public CompletableFuture<Void> write(String path, byte[] value, long fence) {
      return checked(fence, () -> put(path, value, fence)).thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Boolean> create(String path, byte[] value, long fence) {
      return checked(fence, () -> !values.containsKey(path) && put(path, value, fence));
    }

    @Override
    public CompletableFuture<Boolean> replace(String path, byte[] value, int version, long fence) {
      return checked(fence, () -> put(path, value, fence));
    }

    @Override
    public CompletableFuture<Void> delete(String path, long fence) {
      return checked(fence, () -> values.keySet().remove(path)).thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<List<String>> children(String path) {
      return answered(
          () -> {
            List<String> names = new ArrayList<>();
            for (String key : values.keySet()) {
              if (key.startsWith(path + "/")) {
                names.add(key.substring(path.length() + 1));
              }
            }
            return names;
          });
    }

    @Override
    public Runnable watch(String path, Runnable changed) {
      return () -> {};
    }

    @Override
    public RegistryState state() {
      return ended || away ? RegistryState.LOST : RegistryState.CONNECTED;
    }

    @Override
    public void onState(Consumer<RegistryState> told) {
      listener = told;
      listener.accept(state());
    }

    private <T> CompletableFuture<T> answered(Supplier<T> answer) {
      CompletableFuture<T> future = new CompletableFuture<>();
      answers.execute(
          () -> {
            if (!dead && !away) {
              try {
                future.complete(answer.get());
              } catch (CompletionException refused) {
                future.completeExceptionally(refused.getCause());
              }
            }
          });
      return future;
    }

    private boolean put(String path, byte[] value, long fence) {
      if (value.length > largest) {
        largest = value.length;
        largestAt = path;
      }
      values.put(path, new RegistryEntry(value, 0, fence));
      return true;
    }

    private <T> CompletableFuture<T> checked(long fence, Supplier<T> change) {
      return answered(
          () -> {
            if (ended || !fences.values().contains(new Holding(self, fence))) {
              throw new CompletionException(new FenceOutdated(fence));
            }
            writes++;
            return change.get();
          });
    }
  }
}
