package io.elottery.reports.triage;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.verdict.Evidence.Claim;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** DESIGN section 7, invariant 4, over random worlds. */
class TriageProperties {
  private static final int SEEDS = 300;
  private static final int STEPS = 60;

  @Test
  void aWorkerThatMostObserversHeardIsNeverDown() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Ward ward = new Ward(2 + random.nextInt(5));
      ward.allWell(1_000);
      for (int step = 0; step < STEPS; step++) {
        disturb(ward, random);
        for (Judgement judgement : ward.triage.judgements().values()) {
          check(judgement, seed, step);
        }
      }
    }
  }

  @Test
  void aSilentOneIsDownWithinTheBound() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int count = 2 + random.nextInt(5);
      Ward ward = new Ward(count);
      ward.allWell(1_000 + random.nextInt(10) * 500L);
      NodeId victim = NodeId.of("worker-" + (1 + random.nextInt(count)));

      ward.silence(victim);
      ward.pass(TriageConfig.STANDARD.heard().plus(TriageConfig.STANDARD.down()).toMillis(), 1);
      ward.pass(2 * Ward.STEP_MILLIS, 1);

      assertThat(ward.verdict(victim)).as("seed %d, %s", seed, victim).isEqualTo(Verdict.DOWN);
    }
  }

  private static void disturb(Ward ward, Random random) {
    int count = ward.triage.judgements().size();
    NodeId of = NodeId.of("worker-" + (1 + random.nextInt(count)));
    int by = 1 + random.nextInt(count);
    switch (random.nextInt(8)) {
      case 0 -> ward.see(of, Sighting.Kind.CLOSED);
      case 1 -> ward.see(of, Sighting.Kind.REFUSED);
      case 2 -> ward.see(of, Sighting.Kind.ANSWERED);
      case 3 -> ward.say(by, of, Trust.values()[random.nextInt(3)], random.nextBoolean());
      case 4 -> ward.silence(of);
      case 5 -> ward.sleep(random.nextInt(5_000));
      default -> ward.pass(random.nextInt(4) * Ward.STEP_MILLIS, 1 + random.nextInt(count));
    }
    ward.judge();
  }

  private static void check(Judgement judgement, long seed, int step) {
    long votes = judgement.evidence().stream().filter(e -> e.claim() != Claim.ABSTAINS).count();
    long heard = judgement.evidence().stream().filter(e -> e.claim() == Claim.HEARD).count();
    if (judgement.verdict() == Verdict.DOWN) {
      assertThat(2 * heard)
          .as("seed %d step %d: %s", seed, step, judgement)
          .isLessThanOrEqualTo(votes);
    }
  }
}
