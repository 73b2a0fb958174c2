package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The copies of a cluster's shards, as {@code elottery shards list} shows them. */
final class Copies {
  // A bound on waiting beside many other processes, not a promise.
  private static final Duration LONG = Duration.ofMinutes(10);

  private final LocalCluster cluster;

  Copies(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** All that main shows of the shards. */
  JsonNode shards() throws IOException {
    return cluster.json("shards", "list");
  }

  /** Each as {@code shard worker#incarnation}. */
  SortedSet<String> all() throws IOException {
    SortedSet<String> copies = new TreeSet<>();
    for (JsonNode shard : shards().path("items")) {
      for (JsonNode copy : shard.path("copies")) {
        copies.add(
            shard.path("id").asText()
                + " "
                + copy.path("worker").asText()
                + "#"
                + copy.path("incarnation").asText());
      }
    }
    return copies;
  }

  /** Those that the worker holds. */
  SortedSet<String> of(String worker) throws IOException {
    SortedSet<String> copies = all();
    copies.removeIf(copy -> !copy.contains(" " + worker + "#"));
    return copies;
  }

  /** How many each worker holds. */
  static SortedMap<String, Integer> byWorker(SortedSet<String> copies) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    copies.forEach(copy -> counts.merge(copy.split("[ #]")[1], 1, Integer::sum));
    return counts;
  }

  /** Whether none is on its way. */
  boolean rest() throws IOException {
    boolean rest = true;
    for (JsonNode shard : shards().path("items")) {
      rest &= shard.path("rests").asBoolean();
    }
    return rest;
  }

  /** Waits until none of these is there any more and all there are have caught up. */
  void awaitMadeAnew(SortedSet<String> old) throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (all().stream().anyMatch(old::contains) || !rest() || !haveCaughtUp()) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s made anew: %s", old, shards())
          .isLessThan(LONG);
      Pause.millis(500);
    }
  }

  private boolean haveCaughtUp() throws IOException {
    boolean all = true;
    for (JsonNode shard : shards().path("items")) {
      for (JsonNode copy : shard.path("copies")) {
        all &= hasCaughtUp(copy);
      }
    }
    return all;
  }

  /** Whether main shows this copy as one that counts and lacks little. */
  static boolean hasCaughtUp(JsonNode copy) {
    String state = copy.path("state").asText();
    return (state.equals("FOLLOWER") || state.equals("WRITER")) && copy.path("lag").asLong() <= 100;
  }
}
