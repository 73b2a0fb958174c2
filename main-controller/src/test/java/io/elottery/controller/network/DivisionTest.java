package io.elottery.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimRandom;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DivisionTest {
  @Test
  void anyNetworkIsDividedEvenlyJoinedAndWatched() {
    Seeds.each(
        60,
        seed -> {
          SimRandom random = new SimRandom(seed);
          NetworkPlan today = network(random);
          int degree = random.nextInt(8) + 1;

          NetworkPlan suggested = Division.of(today, degree, seed);

          evenHalves(suggested);
          joinedAndWatched(suggested, degree);
          assertThat(suggested).isEqualTo(Division.of(today, degree, seed));
          assertThat(suggested.locations()).isEqualTo(today.locations());
        });
  }

  @Test
  void neighboursStandInEveryDataCentreAndInSeveralZones() {
    NetworkPlan today = places(32, i -> new Location("dc" + i % 4, "z" + i / 4 % 2), (i, n) -> 0);

    NetworkPlan suggested = Division.of(today, 4, 1);

    suggested
        .workers()
        .forEach(
            (id, place) -> {
              List<Location> around =
                  place.neighbours().stream()
                      .map(other -> suggested.locations().getOrDefault(other, Location.UNKNOWN))
                      .toList();
              assertThat(around.stream().map(Location::datacentre).collect(Collectors.toSet()))
                  .as("data centres around %s", id)
                  .hasSizeGreaterThanOrEqualTo(3);
              assertThat(around.stream().filter(place.location()::equals).count()).isLessThan(2);
            });
  }

  @Test
  void goodDivisionStaysAsItIs() {
    NetworkPlan today = places(12, i -> new Location("dc" + i % 3, ""), (i, n) -> i / 3 % 2);
    NetworkPlan once = Division.of(today, 4, 1);

    PlanChange again = PlanChange.between(once, Division.of(once, 4, 1));

    assertThat(again.halves()).isEmpty();
    assertThat(again.linked().size()).isLessThanOrEqualTo(6);
  }

  @Test
  void halvesThatAreEvenAreNotTouched() {
    NetworkPlan today = places(8, i -> Location.UNKNOWN, (i, n) -> i < 4 ? 0 : 1);

    assertThat(PlanChange.between(today, Division.of(today, 3, 1)).halves()).isEmpty();
  }

  @Test
  void fewWorkersAreAllNeighbours() {
    NetworkPlan suggested = Division.of(places(3, i -> Location.UNKNOWN, (i, n) -> 0), 4, 1);

    suggested.workers().forEach((id, place) -> assertThat(place.neighbours()).hasSize(2));
    assertThat(Division.of(new NetworkPlan(Map.of()), 4, 1).workers()).isEmpty();
  }

  @Test
  void differencesAreTheCommandsToType() {
    NetworkPlan today = places(3, i -> Location.UNKNOWN, (i, n) -> 0);
    PlanChange change = PlanChange.between(today, Division.of(today, 2, 1));

    assertThat(change.commands())
        .containsExactlyInAnyOrder(
            "elottery servers assign worker-03 right",
            "elottery servers link worker-01 worker-02",
            "elottery servers link worker-01 worker-03",
            "elottery servers link worker-02 worker-03");
  }

  @Test
  void aThousandWorkersAreDividedToo() {
    NetworkPlan today = places(1_000, i -> new Location("dc" + i % 5, "z" + i % 3), (i, n) -> 0);

    NetworkPlan suggested = Division.of(today, 4, 1);

    joinedAndWatched(suggested, 4);
  }

  @Test
  void tooManyNeighboursAreRefused() {
    NetworkPlan today = places(3, i -> Location.UNKNOWN, (i, n) -> 0);

    assertThatThrownBy(() -> Division.of(today, 21, 1)).hasMessageContaining("0 to 20");
  }

  private static void evenHalves(NetworkPlan plan) {
    Map<String, int[]> zones = new TreeMap<>();
    int[] all = new int[2];
    plan.workers()
        .forEach(
            (id, place) -> {
              int half = place.hemisphere() == Hemisphere.LEFT ? 0 : 1;
              zones.computeIfAbsent(place.location().toString(), none -> new int[2])[half]++;
              all[half]++;
            });
    assertThat(Math.abs(all[0] - all[1])).isLessThanOrEqualTo(1);
    zones.values().forEach(zone -> assertThat(Math.abs(zone[0] - zone[1])).isLessThanOrEqualTo(1));
  }

  private static void joinedAndWatched(NetworkPlan plan, int degree) {
    int most = plan.workers().size() - 1;
    assertThat(degree < 2 || PlanEffect.isOne(plan)).isTrue();
    plan.workers()
        .forEach(
            (id, place) -> {
              assertThat(place.neighbours()).hasSizeGreaterThanOrEqualTo(Math.min(degree, most));
              assertThat(place.neighbours()).hasSizeLessThanOrEqualTo(degree + 2);
            });
  }

  private static NetworkPlan network(SimRandom random) {
    int size = random.nextInt(40) + 1;
    int centres = random.nextInt(4) + 1;
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    for (int i = 1; i <= size; i++) {
      SortedSet<NodeId> neighbours = new TreeSet<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        NodeId other = name(random.nextInt(size) + 1);
        if (!other.equals(name(i))) {
          neighbours.add(other);
        }
      }
      places.put(
          name(i),
          new NetworkPlan.Place(
              random.chance(0.7) ? Hemisphere.LEFT : Hemisphere.RIGHT,
              new Location("dc" + random.nextInt(centres), random.chance(0.5) ? "a" : "b"),
              neighbours));
    }
    return new NetworkPlan(places);
  }

  private static NetworkPlan places(
      int size,
      java.util.function.IntFunction<Location> location,
      java.util.function.IntBinaryOperator half) {
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      places.put(
          name(i + 1),
          new NetworkPlan.Place(
              Hemisphere.values()[half.applyAsInt(i, size)], location.apply(i), new TreeSet<>()));
    }
    return new NetworkPlan(places);
  }

  private static NodeId name(int i) {
    return NodeId.of(String.format("worker-%02d", i));
  }
}
