package io.elottery.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.head.HeadAlarm;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor makes of what the copies tell it of their heads. */
final class HeadWitnessTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final SimWorld world = new SimWorld(1);
  private final List<CountersignedHead> known = new ArrayList<>();
  private final List<HeadAlarm> alarms = new ArrayList<>();
  private final SimNode auditor = world.node("auditor-1", Role.AUDITOR, this::boot);
  private final Path directory;
  private Readiness readiness = new Readiness();

  HeadWitnessTest(@TempDir Path directory) {
    this.directory = directory;
    world.startAll();
  }

  @Test
  void aHistoryThatGoesOnIsFollowedAndItsLastHeadKeptOverARestart() {
    known.add(signed(head(1, 0)));
    rounds(1);
    known.add(signed(head(2, 0)));
    rounds(1);
    auditor.crash();
    auditor.start();
    known.remove(0);
    rounds(20);

    assertThat(alarms).isEmpty();
    assertThat(readiness.isReady()).isTrue();
    assertThat(directory.resolve("shard-0")).hasBinaryContent(signed(head(2, 0)).encode());
  }

  @Test
  void anotherHeadAtTheSamePositionIsAForkForGood_alsoAfterARestart() {
    known.add(signed(head(1, 0)));
    rounds(1);

    known.set(0, signed(head(1, 9)));
    rounds(1);

    assertThat(alarms).extracting(HeadAlarm::kind).containsExactly(HeadAlarm.Kind.FORKED);
    assertThat(alarms.get(0).why()).contains("two histories");
    assertThat(readiness.checks().get("ledger")).startsWith("shard-0 FORKED: [worker-1]");
    auditor.crash();
    auditor.start();
    alarms.clear();
    rounds(3);
    assertThat(alarms).as("told again and again").hasSizeGreaterThan(1);
    assertThat(readiness.isReady()).isFalse();
  }

  @Test
  void aLaterHeadThatDoesNotFollowIsAFork() {
    known.add(signed(head(1, 0)));
    rounds(1);

    known.set(0, signed(head(2, 9)));
    rounds(1);

    assertThat(alarms).extracting(HeadAlarm::kind).containsExactly(HeadAlarm.Kind.FORKED);
  }

  @Test
  void aKeptHeadThatNoCopyKnowsAnyMoreIsAnAlarmUntilItIsKnownAgain() {
    known.add(signed(head(1, 0)));
    known.add(signed(head(2, 0)));
    rounds(1);

    CountersignedHead lost = known.remove(1);
    rounds(HeadWitness.MISSES - 1);
    assertThat(alarms).isEmpty();
    rounds(1);
    assertThat(alarms).extracting(HeadAlarm::kind).containsExactly(HeadAlarm.Kind.WENT_BACK);
    assertThat(readiness.isReady()).isFalse();

    known.add(lost);
    rounds(1);
    assertThat(readiness.isReady()).isTrue();
  }

  @Test
  void whatIsNotSignedAsItMustBeIsNeitherTakenNorAnAlarm() {
    known.add(signed(head(1, 0)));
    rounds(1);

    known.add(sealed(head(1, 9), "forged"));
    known.add(new CountersignedHead(head(2, 9), new TreeMap<>()));
    rounds(20);

    assertThat(alarms).isEmpty();
  }

  @Test
  void aKeptHeadWithAFlippedBitIsBegunAnewAndNoAlarm() throws Exception {
    known.add(signed(head(1, 0)));
    rounds(1);
    auditor.crash();
    Path file = directory.resolve("shard-0");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 8] ^= 1; // in the signature
    Files.write(file, bytes);

    auditor.start();
    rounds(20);

    assertThat(alarms).isEmpty();
    assertThat(file).hasBinaryContent(signed(head(1, 0)).encode());
  }

  private void rounds(int count) {
    world.runFor(HeadWitness.EVERY.multipliedBy(count).plusMillis(count == 1 ? 1 : 0));
  }

  private void boot(SimNode node) {
    readiness = new Readiness();
    new HeadWitness(
            new HeadWitness.Ports(
                node.loop("auditor"),
                () -> 1,
                asked ->
                    CompletableFuture.completedFuture(
                        known.stream()
                            .filter(it -> it.head().position().compareTo(asked.after()) > 0)
                            .toList()),
                (server, signed) -> seal(signed).equals("sound " + signed.head().number()),
                directory,
                readiness.check("ledger"),
                alarms::add))
        .start();
  }

  private static Head head(int number, int history) {
    byte[] hash = new byte[Head.HASH_BYTES];
    hash[0] = (byte) history;
    byte[] previous = number == 1 ? new byte[Head.HASH_BYTES] : head(number - 1, history).hash();
    return new Head(
        new ShardId(0),
        number,
        new LogPosition(10L * number),
        10L * number,
        NOON.plusSeconds(number),
        hash,
        hash,
        previous);
  }

  private static CountersignedHead signed(Head head) {
    return sealed(head, "sound " + head.number());
  }

  private static CountersignedHead sealed(Head head, String seal) {
    byte[] bytes = seal.getBytes(StandardCharsets.US_ASCII);
    TreeMap<NodeId, SignedHead> signatures = new TreeMap<>();
    signatures.put(
        NodeId.of("worker-1"),
        new SignedHead(head, 1, new Testimony.Seal(bytes, new byte[] {1, 2})));
    return new CountersignedHead(head, signatures);
  }

  private static String seal(SignedHead signed) {
    return new String(signed.seal().signature(), StandardCharsets.US_ASCII);
  }
}
