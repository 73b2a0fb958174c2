package io.elottery.controller.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;
import io.elottery.reports.triage.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ActingTest {
  private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

  private final Acting acting = new Acting(ActingConfig.STANDARD);
  private final Map<NodeId, Map<Finding, Instant>> found = new TreeMap<>();
  private Duration age = Duration.ZERO;
  private Set<Hemisphere> acts = EnumSet.allOf(Hemisphere.class);

  ActingTest() {
    workers(8);
  }

  @Test
  void thePageHoldsTheTable() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../docs/orders.md"));

    assertThat(page).containsSequence(ActingTable.rows());
  }

  @Test
  void writersOfADeadWorkerMoveAtOnceAndOnce() {
    down(1);

    assertThat(step()).containsExactly("GIVE MOVE_WRITERS worker-1");
    after(Duration.ofSeconds(5));
    assertThat(step()).isEmpty();
  }

  @Test
  void whatIsDeadForLongIsReknitAndThenReplaced() {
    down(1);
    step();

    after(Duration.ofSeconds(30));
    assertThat(step()).containsExactly("GIVE REKNIT worker-1");
    after(Duration.ofMinutes(10));
    assertThat(step()).containsExactly("GIVE REPLACE worker-1");
  }

  @Test
  void recoveryIsTakenBackOnlyAfterCalm() {
    down(1);
    step();
    after(Duration.ofMinutes(11));
    step();

    up(1);
    assertThat(step()).containsExactly("BACK REPLACE worker-1");
    after(Duration.ofSeconds(29));
    assertThat(step()).isEmpty();
    after(Duration.ofSeconds(1));
    assertThat(step()).containsExactly("BACK REKNIT worker-1");
  }

  @Test
  void oneThatComesAndGoesIsKnitOnce() {
    down(1);
    step();
    after(Duration.ofSeconds(31));
    step();

    for (int i = 0; i < 10; i++) {
      up(1);
      step();
      after(Duration.ofSeconds(5));
      down(1);
      assertThat(step()).doesNotContain("BACK REKNIT worker-1", "GIVE REKNIT worker-1");
      after(Duration.ofSeconds(5));
    }
  }

  @Test
  void whileManyAreMissingOnlyWritersMove() {
    for (int i = 1; i <= 4; i++) {
      down(i);
    }
    step();
    after(Duration.ofMinutes(20));

    List<String> decisions = step();

    assertThat(decisions).allMatch(text -> text.startsWith("HOLD"));
    assertThat(decisions).hasSize(8);
    assertThat(step()).as("said once").isEmpty();
  }

  @Test
  void theRestFollowsWhenTheMinuteIsOver() {
    found.clear();
    workers(100);
    for (int i = 1; i <= 20; i++) {
      down(i);
    }
    step();

    after(Duration.ofSeconds(30));
    assertThat(step().stream().filter(text -> text.startsWith("GIVE REKNIT"))).hasSize(6);
    after(Duration.ofSeconds(59));
    assertThat(step()).isEmpty();
    after(Duration.ofSeconds(1));
    assertThat(step().stream().filter(text -> text.startsWith("GIVE REKNIT"))).hasSize(6);
  }

  @Test
  void onlyTheLeaderOfTheHalfMovesWriters() {
    acts = EnumSet.of(Hemisphere.LEFT);
    down(1);
    down(2);

    assertThat(step()).containsExactly("GIVE MOVE_WRITERS worker-2");
    after(Duration.ofSeconds(30));
    assertThat(step()).containsExactly("GIVE REKNIT worker-1", "GIVE REKNIT worker-2");
  }

  @Test
  void whatTheLeaderBeforeDidIsNotDoneAgainAndStillTakenBack() {
    acting.inherit(Order.Kind.REKNIT, NodeId.of("worker-1"), now());
    down(1);
    step();
    after(Duration.ofSeconds(40));
    assertThat(step()).isEmpty();

    up(1);
    step();
    after(Duration.ofSeconds(30));
    assertThat(step()).containsExactly("BACK REKNIT worker-1");
  }

  /** Half of a network blinks for an hour: orders stay within what the table allows. */
  @Test
  void ordersAreBoundedWhateverBlinks() {
    for (long seed = 1; seed <= 5; seed++) {
      ActingTest town = new ActingTest();
      town.found.clear();
      town.workers(32);
      Random random = new Random(seed);
      Map<String, Integer> lastMinute = new HashMap<>();
      int given = 0;
      for (int second = 0; second < 600; second++) {
        for (int i = 1; i <= 16; i++) {
          if (random.nextInt(20) == 0) {
            if (random.nextBoolean()) {
              town.down(i);
            } else {
              town.up(i);
            }
          }
        }
        for (String decision : town.step()) {
          if (decision.startsWith("GIVE")) {
            given++;
            lastMinute.merge(decision.split(" ")[1], 1, Integer::sum);
          }
        }
        if (second % 60 == 59) {
          lastMinute.forEach(
              (kind, count) ->
                  assertThat(count)
                      .as("%s, seed %d", kind, town.age.toSeconds())
                      .isLessThanOrEqualTo(120));
          lastMinute.clear();
        }
        town.after(Duration.ofSeconds(1));
      }
      assertThat(given).as("seed %d", seed).isLessThanOrEqualTo(10 * (60 + 6 + 2));
    }
  }

  private void workers(int count) {
    for (int i = 1; i <= count; i++) {
      found.put(NodeId.of("worker-" + i), Map.of());
    }
  }

  private void down(int worker) {
    found.computeIfPresent(
        NodeId.of("worker-" + worker),
        (id, before) ->
            before.containsKey(Finding.DOWN) ? before : Map.of(Finding.DOWN, now().wall()));
  }

  private void up(int worker) {
    found.put(NodeId.of("worker-" + worker), Map.of());
  }

  private void after(Duration time) {
    age = age.plus(time);
  }

  private Moment now() {
    return new Moment(START.plus(age), 1_000_000_000_000L + age.toNanos());
  }

  private List<String> step() {
    TreeMap<NodeId, Facts.Worker> workers = new TreeMap<>();
    found.forEach(
        (id, findings) ->
            workers.put(
                id,
                new Facts.Worker(
                    Integer.parseInt(id.name().substring(7)) % 2 == 0
                        ? Hemisphere.LEFT
                        : Hemisphere.RIGHT,
                    findings.containsKey(Finding.DOWN),
                    findings,
                    "seen")));
    return acting.step(new Facts(now(), acts, workers)).stream().map(ActingTest::text).toList();
  }

  private static String text(Decision decision) {
    return decision.match(
        new Decision.Cases<String>() {
          @Override
          public String give(Decision.Give give) {
            return "GIVE " + give.kind() + " " + give.target();
          }

          @Override
          public String takeBack(Decision.TakeBack back) {
            return "BACK " + back.kind() + " " + back.target();
          }

          @Override
          public String hold(Decision.Hold hold) {
            return "HOLD " + hold.kind() + " " + hold.target();
          }
        });
  }
}
