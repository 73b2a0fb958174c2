package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.KeyStep.Step;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a link's key between two workers and a main, and their disks at every point. */
@Tag("it")
class KeyStepsIT {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final List<NodeId> BOTH = List.of(ONE, TWO);
  private static final LinkId LINK = LinkId.between(ONE, TWO, Purpose.NEIGHBOUR);
  private static final long FENCE = 7;

  private final SecureRandomSource random = new SecureRandomSource();
  private Path copies;
  private WorkerTown town;

  @BeforeEach
  void begin(@TempDir Path temporary) throws Exception {
    copies = Files.createDirectories(temporary.resolve("copies"));
    town = new WorkerTown(temporary, List.of(ONE, TWO, NodeId.of("worker-3")));
    town.awaitLinks();
    await().until(() -> town.main.confirms.size() >= 12);
  }

  @AfterEach
  void end() {
    town.close();
  }

  @Test
  void aLiveLinkMovesToANewKeyAndTheOldOneIsGone() throws Exception {
    PairKeyGrant second = grant(2);

    for (NodeId end : BOTH) {
      assertThat(take(end, KeyStep.offer(second, FENCE))).isEqualTo(second.confirm(Step.OFFER));
    }
    assertThat(town.keys(ONE).rings().ring(LINK.toString()).kept()).containsOnlyKeys(1);
    for (NodeId end : BOTH) {
      assertThat(take(end, of(Step.ACTIVATE, 2))).isEqualTo(second.confirm(Step.ACTIVATE));
      assertThat(town.keys(end).rings().ring(LINK.toString()).kept()).containsOnlyKeys(1, 2);
    }
    for (NodeId end : BOTH) {
      assertThat(take(end, of(Step.RETIRE, 2))).isEqualTo(second.confirm(Step.RETIRE));
      assertThat(town.keys(end).rings().ring(LINK.toString()).kept()).containsOnlyKeys(2);
      assertThat(town.worker(end).links().epoch(LINK)).isEqualTo(2);
    }
  }

  @Test
  void anOfferThatIsNotHeldByTheOtherEndIsNotKept() throws Exception {
    take(ONE, KeyStep.offer(grant(2), FENCE));

    assertThatThrownBy(() -> take(ONE, of(Step.ACTIVATE, 2)))
        .hasMessageContaining("does not run under this epoch yet");

    assertThat(town.keys(ONE).rings().ring(LINK.toString()).kept()).containsOnlyKeys(1);
    take(ONE, of(Step.WITHDRAW, 2));
    assertThat(town.worker(ONE).links().epoch(LINK)).isEqualTo(1);
    assertThatThrownBy(() -> take(ONE, of(Step.ACTIVATE, 2)))
        .hasMessageContaining("offer it first");
  }

  @Test
  void aStepUnderAnOlderFenceIsRefused() {
    KeyStep old = KeyStep.of(Step.CUT, LINK.toString(), 1, FENCE - 1);

    assertThatThrownBy(() -> take(ONE, old)).hasMessageContaining("newer fence");

    assertThat(town.isUp(ONE, LINK)).isTrue();
  }

  @Test
  void aCutClosesTheLinkWithinASecondAndLastsOverARestart() throws Exception {
    long before = System.nanoTime();
    take(TWO, of(Step.CUT, 1));
    assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(1).toNanos());
    assertThat(town.worker(TWO).links().epoch(LINK)).isZero();
    await().until(() -> town.worker(ONE).links().epoch(LINK) == 0);

    town.worker(TWO).close();
    town.start(TWO);
    LinkId other = LinkId.between(ONE, TWO, Purpose.REPLICA);
    await().until(() -> town.isUp(TWO, other));
    assertThatThrownBy(() -> take(TWO, KeyStep.offer(grant(1), FENCE)))
        .hasMessageContaining("was cut");
    assertThat(town.isUp(TWO, LINK)).isFalse();

    PairKeyGrant second = grant(2);
    for (NodeId end : BOTH) {
      take(end, KeyStep.offer(second, FENCE));
    }
    for (NodeId end : BOTH) {
      take(end, of(Step.ACTIVATE, 2));
    }
    assertThat(town.worker(ONE).links().epoch(LINK)).isEqualTo(2);
  }

  @Test
  void storesOfAnyMomentLinkUpAgainWithoutAMain() throws Exception {
    copy("1");
    PairKeyGrant second = grant(2);
    for (NodeId end : BOTH) {
      take(end, KeyStep.offer(second, FENCE));
    }
    for (NodeId end : BOTH) {
      take(end, of(Step.ACTIVATE, 2));
    }
    copy("12");
    for (NodeId end : BOTH) {
      take(end, of(Step.RETIRE, 2));
    }
    copy("2");

    // Either end may have died before its disk had what the other's has already.
    for (List<String> disks :
        List.of(List.of("12", "1"), List.of("1", "12"), List.of("2", "12"), List.of("12", "2"))) {
      for (int i = 0; i < 2; i++) {
        town.worker(BOTH.get(i)).close();
        restore(BOTH.get(i), disks.get(i));
      }
      for (NodeId end : BOTH) {
        town.start(end, "127.0.0.1:1");
      }
      int common = disks.stream().allMatch(disk -> disk.endsWith("2")) ? 2 : 1;
      await()
          .untilAsserted(
              () ->
                  assertThat(town.worker(ONE).links().epoch(LINK))
                      .as("%s", disks)
                      .isEqualTo(common));
      await().until(() -> town.isUp(TWO, LINK));
    }
  }

  @Test
  void anEndThatDiedBeforeItsDiskHadTheKeyGetsItAgain() throws Exception {
    copy("1");
    PairKeyGrant second = grant(2);
    for (NodeId end : BOTH) {
      take(end, KeyStep.offer(second, FENCE));
    }
    for (NodeId end : BOTH) {
      take(end, of(Step.ACTIVATE, 2));
    }
    for (NodeId dead : BOTH) {
      town.worker(dead).close();
      restore(dead, "1");
      town.start(dead);
      await().until(() -> town.isUp(dead, LINK) && town.worker(dead).links().epoch(LINK) == 1);

      await().until(() -> town.main.isConnected(dead));
      take(dead, KeyStep.offer(second, FENCE));
      assertThat(take(dead, of(Step.ACTIVATE, 2))).isEqualTo(second.confirm(Step.ACTIVATE));

      await().until(() -> town.worker(dead).links().epoch(LINK) == 2);
    }
  }

  private KeyConfirm take(NodeId end, KeyStep step) throws Exception {
    return town.main.step(end, step).get();
  }

  private PairKeyGrant grant(int epoch) {
    return new PairKeyGrant(LINK.toString(), epoch, Secret.random(random, 32));
  }

  private static KeyStep of(Step step, int epoch) {
    return KeyStep.of(step, LINK.toString(), epoch, FENCE);
  }

  private void copy(String moment) throws IOException {
    for (NodeId end : BOTH) {
      replace(town.directory(end).resolve("keys"), copies.resolve(end + moment));
    }
  }

  private void restore(NodeId end, String moment) throws IOException {
    replace(copies.resolve(end + moment), town.directory(end).resolve("keys"));
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(
                  file,
                  to.resolve(file.getFileName()),
                  StandardCopyOption.REPLACE_EXISTING,
                  StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
          });
    }
  }
}
