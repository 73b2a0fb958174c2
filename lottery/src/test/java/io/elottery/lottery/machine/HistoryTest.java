package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.chronicle.Happening;
import io.elottery.lottery.chronicle.Projection;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What happened to draws, and what plug-ins make of it. */
class HistoryTest {
  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");

  @Test
  void aDrawsWholeLifeIsKept() {
    DrawRef draw = certified();

    String feed = answer("feed", Map.of("game", draw.game().text(), "draw", draw.id().toString()));

    assertThat(kinds(feed))
        .startsWith("OPENED", "COMMITTED")
        .containsSubsequence("COMMITTED", "CLOSED", "SIGNED", "REVEALED", "DRAWN", "CERTIFIED")
        .endsWith("CERTIFIED");
    assertThat(feed).contains("\"tickets\":\"1\"").contains("\"winners\":\"");
    assertThat(feed).as("nobody is named").doesNotContain("anna").doesNotContain(anna.toString());
  }

  @Test
  void whoReadsOnMissesNothingAndReadsNothingTwice() {
    certified();
    DrawRef second = shard.onSale(10, Duration.ofHours(1));
    List<String> all = numbers(answer("feed", Map.of("limit", "500")));

    List<String> read = new ArrayList<>();
    String after = "0";
    for (List<String> page = List.of(""); !page.isEmpty(); ) {
      String answer = answer("feed", Map.of("after", after, "limit", "3"));
      page = numbers(answer);
      read.addAll(page);
      after = answer.replaceAll(".*\"last\":([0-9]+).*", "$1");
    }

    assertThat(read).isEqualTo(all).doesNotHaveDuplicates();
    assertThat(answer("feed", Map.of("newest", "1", "limit", "1")))
        .contains(second.id().toString());
  }

  @Test
  void drawsAreFoundByWords() {
    DrawRef draw = certified();
    DrawRef open = shard.onSale(10, Duration.ofHours(1));

    assertThat(answer("search", Map.of("q", "CERTIFIED " + draw.game())))
        .contains(draw.id().toString())
        .doesNotContain(open.id().toString());
    assertThat(answer("search", Map.of("q", open.id().toString().toLowerCase(Locale.ROOT))))
        .contains("\"state\":\"OPEN\"");
    assertThat(answer("search", Map.of("limit", "1"))).contains("\"next\":");
    assertThat(answer("search", Map.of("q", "nothing"))).isEqualTo("{\"items\":[]}");
  }

  @Test
  void statisticsAddUpAndForgetWithTheDraws() {
    DrawRef draw = certified();
    String one = answer("statistics", Map.of());
    assertThat(one).contains("\"closed\":1").contains("\"tickets\":1").contains("\"numbers\":{\"");

    shard.pass(Duration.ofDays(401));
    shard.done(new ForgetEnded(Duration.ofDays(400)), LotteryReply.Ticked.class);

    assertThat(answer("statistics", Map.of("game", draw.game().text())))
        .contains("\"closed\":0")
        .contains("\"days\":[]");
    assertThat(kinds(answer("feed", Map.of()))).isEmpty();
  }

  @Test
  void viewsAreTheSameAfterARestart() throws MalformedMessage {
    certified();
    shard.onSale(10, Duration.ofHours(1));
    LotteryMachine twin = new LotteryMachine();
    twin.restore(shard.machine.snapshot());

    for (String view : List.of("feed", "search", "statistics")) {
      byte[] query = new LotteryQuery.Project(Shard.TOR, view, new TreeMap<>()).encode();
      assertThat(twin.query(query, 0)).isEqualTo(shard.machine.query(query, 0));
    }
    assertThat(twin.snapshot()).isEqualTo(shard.machine.snapshot());
  }

  @Test
  void whatCannotBeAnsweredIsSaid() {
    assertThat(refusal("nonsense", Map.of()).detail()).contains("[feed, search, statistics]");
    assertThat(refusal("feed", Map.of("limit", "0")).field()).isEqualTo("limit");
    assertThat(refusal("feed", Map.of("colour", "red")).field()).isEqualTo("colour");
    assertThat(refusal("feed", Map.of("draw", "x")).field()).isEqualTo("draw");
    assertThat(refusal("search", Map.of("before", "x")).code()).isEqualTo(RefusalCode.INVALID);
  }

  @Test
  void aPluginThatFailsDoesNoHarm() throws MalformedMessage {
    Shard other = new Shard(new LotteryMachine(List.of(new Broken())));
    DrawRef draw = other.onSale(10, Duration.ofHours(1));

    assertThat(other.draw(draw).summary().onSale()).isTrue();
    LotteryAnswer said = other.ask(project("broken", Map.of()));
    assertThat(((LotteryAnswer.Unanswered) said).why().detail()).contains("failed", "too much");
    LotteryMachine whole = new LotteryMachine();
    whole.restore(other.machine.snapshot());
    assertThat(whole.snapshot()).as("no part of the state").isEqualTo(other.machine.snapshot());
  }

  private DrawRef certified() {
    DrawRef draw = shard.onSale(10, Duration.ofMinutes(1));
    shard.bought(shard.quickPick(anna, draw, 2));
    shard.close(draw);
    shard.parties.finish(draw);
    return draw;
  }

  private static LotteryQuery project(String view, Map<String, String> question) {
    return new LotteryQuery.Project(Shard.TOR, view, new TreeMap<>(question));
  }

  private String answer(String view, Map<String, String> question) {
    LotteryAnswer.Projected said =
        shard.found(project(view, question), LotteryAnswer.Projected.class);
    return new String(said.json().toBytes(), StandardCharsets.UTF_8);
  }

  private Refusal refusal(String view, Map<String, String> question) {
    return shard.found(project(view, question), LotteryAnswer.Unanswered.class).why();
  }

  private static List<String> kinds(String feed) {
    return all("\"kind\":\"([A-Z]+)\"", feed);
  }

  private static List<String> numbers(String feed) {
    return all("\"number\":([0-9]+)", feed);
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1)).toList();
  }

  /** Throws at the first thing that happens. */
  private static final class Broken implements ProjectionPlugin, Projection {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Projection begin(BranchId branch) {
      return this;
    }

    @Override
    public void happened(Happening it) {
      throw new IllegalStateException("too much");
    }

    @Override
    public void forgotten(Set<DrawRef> draws) {
      throw new IllegalStateException("too much");
    }

    @Override
    public Json.Fields answer(SortedMap<String, String> question) {
      return Json.fields();
    }
  }
}
