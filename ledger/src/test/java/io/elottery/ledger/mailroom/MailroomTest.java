package io.elottery.ledger.mailroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A mailroom and five scripted workers on one loop, in virtual time. */
final class MailroomTest {
  private static final NodeId GATEWAY = NodeId.of("gateway-1");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final VirtualTime time = new VirtualTime();
  private final NodeLoop loop =
      new NodeLoop(
          "test",
          time,
          1000,
          (where, problem) -> {
            throw new AssertionError(where, problem);
          });
  private final Map<NodeId, Consumer<Envelope>> workers = new TreeMap<>();
  private final List<NodeId> asked = new ArrayList<>();
  private final Ring ring =
      RingBuilder.place(List.of(worker(1), worker(2), worker(3), worker(4), worker(5)), 1, 5);
  private final Switchboard switchboard =
      new Switchboard(
          0,
          (to, envelope) -> {
            asked.add(to);
            Consumer<Envelope> worker = workers.get(to);
            if (worker == null) {
              return false;
            }
            worker.accept(envelope);
            return true;
          },
          loop);
  private final Mailroom mailroom =
      new Mailroom(
          switchboard,
          Route.toWorkers(() -> Optional.of(ring)),
          loop,
          time,
          MailroomConfig.defaults());

  @Test
  void aRedirectIsFollowedAndTheWriterRemembered() {
    for (int i = 1; i <= 5; i++) {
      answers(worker(i), new Response.Redirect(Optional.of(worker(4))));
    }
    answers(worker(4), answer("sealed"));

    assertThat(body(deliver())).isEqualTo("sealed");
    assertThat(body(deliver())).isEqualTo("sealed");

    assertThat(asked).containsExactly(worker(1), worker(4), worker(4));
    assertThat(mailroom.lastWriter("branch/TOR")).contains(worker(4));
    assertThat(mailroom.underWay()).isZero();
  }

  @Test
  void aSilentWriterIsLeftForTheNextOne() {
    silent(worker(1));
    answers(worker(2), answer("sealed"));

    assertThat(body(deliver())).isEqualTo("sealed");
    assertThat(asked).containsExactly(worker(1), worker(2));
  }

  @Test
  void withNobodyConnectedNothingWasDone() {
    assertThat(deliver()).isInstanceOf(Delivery.Unavailable.class);
    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(mailroom.underWay()).isZero();
  }

  @Test
  void aCommandThatMayHaveBeenTakenIsUnknown() {
    for (int i = 1; i <= 5; i++) {
      silent(worker(i));
    }

    assertThat(deliver()).isInstanceOf(Delivery.Unknown.class);
  }

  @Test
  void aQueryThatNobodyAnsweredIsOnlyUnavailable() {
    silent(worker(1));

    CompletableFuture<Delivery> result = mailroom.ask("branch/TOR", new byte[1], PATIENCE);

    assertThat(ran(result)).isInstanceOf(Delivery.Unavailable.class);
  }

  @Test
  void busyAfterAnAttemptThatMayHaveBeenTakenIsUnknownNotBusy() {
    silent(worker(1));
    answers(worker(2), new Response.Busy(Duration.ofSeconds(1)));

    assertThat(deliver()).isInstanceOf(Delivery.Unknown.class);
  }

  @Test
  void busyFromTheFirstIsBusy() {
    answers(worker(1), new Response.Busy(Duration.ofSeconds(1)));

    assertThat(deliver()).isEqualTo(new Delivery.Busy(Duration.ofSeconds(1)));
  }

  @Test
  void workersThatNameEachOtherAsWriterDoNotSpin() {
    answers(worker(1), new Response.Redirect(Optional.of(worker(2))));
    answers(worker(2), new Response.Redirect(Optional.of(worker(1))));

    assertThat(deliver()).isInstanceOf(Delivery.Unavailable.class);
    assertThat(asked).hasSizeLessThan(150);
  }

  @Test
  void manyThatWaitForAWriterAskAsOneAndGoTogether() {
    for (int i = 1; i <= 5; i++) {
      answers(worker(i), new Response.Redirect(Optional.empty()));
    }
    List<CompletableFuture<Delivery>> results = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      results.add(mailroom.deliver("branch/TOR", new byte[] {1}, PATIENCE));
    }
    runFor(Duration.ofMillis(300));
    assertThat(asked.size()).as("50 at first, few since").isBetween(55, 120);
    assertThat(results).noneMatch(CompletableFuture::isDone);

    answers(worker(4), answer("sealed"));
    for (int i : List.of(1, 2, 3, 5)) {
      answers(worker(i), new Response.Redirect(Optional.of(worker(4))));
    }
    runFor(Duration.ofMillis(60));

    assertThat(results).allMatch(CompletableFuture::isDone);
    assertThat(results.stream().map(result -> body(result.join()))).containsOnly("sealed");
    assertThat(mailroom.underWay()).isZero();
  }

  @Test
  void whoStillNamesADeadWriterIsAskedAgainInAMoment() {
    answers(worker(1), new Response.Redirect(Optional.of(worker(3))));
    CompletableFuture<Delivery> result = mailroom.deliver("branch/TOR", new byte[] {1}, PATIENCE);
    runFor(Duration.ofMillis(20));
    answers(worker(1), answer("sealed"));

    assertThat(body(ran(result))).isEqualTo("sealed");
    assertThat(asked).containsExactly(worker(1), worker(3), worker(1));
  }

  @Test
  void whenTheScoutGivesUpAnotherTakesItsPlace() {
    CompletableFuture<Delivery> hasty =
        mailroom.deliver("branch/TOR", new byte[] {1}, Duration.ofMillis(100));
    CompletableFuture<Delivery> patient = mailroom.deliver("branch/TOR", new byte[] {1}, PATIENCE);
    runFor(Duration.ofMillis(900));
    assertThat(hasty).isCompletedWithValueMatching(Delivery.Unavailable.class::isInstance);
    int before = asked.size();
    runFor(Duration.ofSeconds(1));
    assertThat(asked.size() - before).as("every 200 ms").isBetween(4, 6);

    answers(worker(4), answer("sealed"));
    assertThat(body(ran(patient))).isEqualTo("sealed");
  }

  @Test
  void aServerThatIsStuckHoldsNobodyUp() {
    silent(worker(1));
    silent(worker(2));
    answers(worker(3), answer("sealed"));
    List<CompletableFuture<Delivery>> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(mailroom.deliver("branch/TOR", new byte[] {1}, PATIENCE));
    }
    runFor(Duration.ofMillis(110));

    assertThat(results).allMatch(CompletableFuture::isDone);
    assertThat(results.stream().map(result -> body(result.join()))).containsOnly("sealed");
    assertThat(asked).as("one of ten asks around").hasSize(10 + 1 + 1 + 9);
    int before = asked.size();
    runFor(PATIENCE);
    assertThat(asked).hasSize(before);
  }

  @Test
  void aRelayServesWhomItMayAndRefusesOthers() {
    answers(worker(1), answer("sealed"));
    MailroomRelay relay =
        new MailroomRelay(
            mailroom,
            (peer, call) ->
                peer.role() == Role.AUDITOR ? RelayRule.Ruling.PASS : RelayRule.Ruling.NOT_ALLOWED);
    Said auditor = new Said();
    Said worker = new Said();
    Envelope call = CommandCall.command("branch/TOR", PATIENCE, new byte[] {1}).envelope();

    relay.handle(new Peer(NodeId.of("auditor-1"), Role.AUDITOR), call, auditor);
    relay.handle(new Peer(worker(3), Role.WORKER), call, worker);
    runFor(Duration.ofSeconds(1));

    assertThat(auditor.said).isEqualTo("reply " + LedgerKinds.ANSWER);
    assertThat(worker.said).isEqualTo("refused NOT_ALLOWED");
  }

  private Delivery deliver() {
    return ran(mailroom.deliver("branch/TOR", new byte[] {1}, PATIENCE));
  }

  private Delivery ran(CompletableFuture<Delivery> result) {
    for (int i = 0; i < 100_000 && !result.isDone(); i++) {
      if (loop.poll() == 0) {
        time.nanos += Math.min(loop.nanosToNextTimer(), PATIENCE.toNanos());
      }
    }
    assertThat(result).isCompleted();
    return result.join();
  }

  private void runFor(Duration duration) {
    long until = time.nanos + duration.toNanos();
    while (time.nanos < until) {
      if (loop.poll() == 0) {
        time.nanos += Math.max(1, Math.min(loop.nanosToNextTimer(), until - time.nanos));
      }
    }
  }

  private void answers(NodeId worker, Response response) {
    Switchboard theirs =
        new Switchboard(
            0,
            (to, envelope) ->
                loop.post(() -> switchboard.received(new Peer(worker, Role.WORKER), envelope)),
            loop);
    CallHandler handler = (from, request, answer) -> answer.reply(response.envelope());
    theirs.serve(LedgerKinds.COMMAND, handler).serve(LedgerKinds.QUERY, handler);
    workers.put(
        worker,
        envelope -> loop.post(() -> theirs.received(new Peer(GATEWAY, Role.GATEWAY), envelope)));
  }

  private void silent(NodeId worker) {
    workers.put(worker, envelope -> {});
  }

  private static Response answer(String text) {
    return new Response.Answer(
        new ShardId(0), new LogPosition(7), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(Delivery delivery) {
    assertThat(delivery).isInstanceOf(Delivery.Answered.class);
    return new String(((Delivery.Answered) delivery).body(), StandardCharsets.UTF_8);
  }

  private static NodeId worker(int number) {
    return NodeId.of("worker-" + number);
  }

  private static final class Said implements CallHandler.Answer {
    private String said = "nothing";

    @Override
    public void reply(Envelope reply) {
      said = "reply " + reply.kind();
    }

    @Override
    public void refuse(String code, String detail) {
      said = "refused " + code;
    }
  }

  private static final class VirtualTime implements Time {
    private long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
