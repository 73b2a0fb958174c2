package io.elottery.reports.explain;

import static io.elottery.reports.trouble.Scene.NOW;
import static io.elottery.reports.trouble.Scene.THEN;
import static io.elottery.reports.trouble.Scene.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Scene;
import io.elottery.reports.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final String DRAW = "powerball/TORM211126";
  private final Scene scene = new Scene();

  @Test
  void aDeadServerIsExplainedWithWhatFollowsFromIt() {
    scene.is(worker(2), Verdict.DOWN).closed(worker(1), worker(2));
    Event event = new Event(1, THEN, Priority.CRITICAL, "SERVER_DOWN", "worker-2", "It is down.");
    Event other = new Event(2, THEN, Priority.CRITICAL, "SERVER_DOWN", "worker-5", "It is down.");

    Explanation is = explained("worker-2", event, other);

    assertThat(is.code()).isEqualTo("SERVER_DOWN");
    assertThat(is.severity()).contains(Priority.CRITICAL);
    assertThat(is.impact()).endsWith("It explains 1 × LINK_CLOSED, 1 × SHARD_FEW_COPIES.");
    assertThat(is.events()).containsExactly(event);
    assertThat(is.next()).contains("start it again");
    assertThat(is.cause()).isEmpty();
  }

  @Test
  void aClosedLinkNamesTheServerThatIsAway() {
    scene.is(worker(2), Verdict.DOWN).closed(worker(1), worker(2));

    Explanation is = explained("worker-1,worker-2");

    assertThat(is.code()).isEqualTo("LINK_CLOSED");
    assertThat(is.cause()).hasSize(1);
    assertThat(is.cause().get(0)).startsWith("SERVER_DOWN since " + THEN + ": worker-2 is down");
  }

  @Test
  void whatIsWellIsExplainedToo() {
    assertThat(explained("worker-1").what()).startsWith("worker-1 is up");
    assertThat(explained("worker-1").impact())
        .isEqualTo("It holds copies of 1 shard and writes 1.");
    assertThat(explained("worker-1,worker-2").code()).isEqualTo("LINK_OPEN");
    assertThat(explained("LEFT").what()).isEqualTo("main-1 acts for LEFT.");
    assertThat(explained("shard-3").what()).contains("all 5 copies; writer: worker-1");
    assertThat(explained("main-2").what()).isEqualTo("main-2 is connected and acts for RIGHT.");
    assertThat(explained("main-3").what()).isEqualTo("main-3 is connected and stands by.");
    assertThat(explained("vault").code()).isEqualTo("VAULT_OPEN");
  }

  @Test
  void whatIsNotThereIsNotExplained() {
    for (String nothing : List.of("worker-77", "worker-1,worker-4", "shard-9", "", "a,b,c")) {
      assertThat(Explanation.of(nothing, scene.picture(), List.of())).isEmpty();
    }
  }

  @Test
  void aDrawThatSellsAndCanBeDrawnSaysSo() {
    Explanation is = draw(open());

    assertThat(is.code()).isEqualTo("DRAW_OPEN");
    assertThat(is.what()).isEqualTo(DRAW + " is OPEN and sells.");
    assertThat(is.impact()).isEqualTo("Players can buy. It can be drawn.");
    assertThat(is.draw().orElseThrow().replicas()).hasSize(5);
    assertThat(is.json().path("draw").path("writer").asText()).isEqualTo("worker-1");
  }

  @Test
  void aDrawWhoseShardLostItsMajorityStandsStill() {
    List.of(1, 2, 3).forEach(lost -> scene.is(worker(lost), Verdict.DOWN));

    Explanation is = draw(new DrawFacts(DRAW, 3, Optional.empty()));

    assertThat(is.code()).isEqualTo("DRAW_STOPPED");
    assertThat(is.impact()).contains("cannot buy").contains("cannot be drawn");
    assertThat(is.cause().get(0)).startsWith("SHARD_NO_MAJORITY");
    assertThat(is.cause().get(1)).startsWith("SERVER_DOWN");
    assertThat(is.next()).contains("Bring back its servers");
    assertThat(is.draw().orElseThrow().sells()).isFalse();
  }

  @Test
  void aDrawSellsWhileNobodyActsButIsNotDrawn() {
    scene.led(Hemisphere.RIGHT, Optional.empty(), 2);

    Explanation is = draw(open());

    assertThat(is.code()).isEqualTo("DRAW_WAITS");
    assertThat(is.impact())
        .isEqualTo("Players can buy. It cannot be drawn until a main acts for RIGHT.");
  }

  @Test
  void aStalledDrawNamesWhoItWaitsForAndADrawnOneIsOver() {
    DrawFacts stalled =
        new DrawFacts(
            DRAW,
            3,
            Optional.of(new DrawFacts.Known("STALLED", false, THEN, List.of("AUDITOR-1"), THEN)));
    assertThat(draw(stalled).impact()).contains("not drawn before AUDITOR-1 has taken its step");

    DrawFacts done =
        new DrawFacts(
            DRAW, 3, Optional.of(new DrawFacts.Known("CERTIFIED", false, THEN, List.of(), THEN)));
    assertThat(draw(done).severity()).isEmpty();
    assertThat(draw(done).next()).isEqualTo("Nothing to do.");
  }

  private static DrawFacts open() {
    return new DrawFacts(
        DRAW,
        3,
        Optional.of(new DrawFacts.Known("OPEN", true, NOW.plusSeconds(600), List.of(), THEN)));
  }

  private Explanation explained(String subject, Event... events) {
    return Explanation.of(subject, scene.picture(), List.of(events)).orElseThrow();
  }

  private Explanation draw(DrawFacts facts) {
    return Explanation.of(facts, scene.picture(), List.of());
  }
}
