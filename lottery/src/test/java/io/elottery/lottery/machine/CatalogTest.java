package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.results.PastResult;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final Shard shard = new Shard();

  @Test
  void changedRulesAreANewVersionAndTheSameAreNot() {
    String rules = Shard.json(Shard.mini());

    assertThat(define(rules).version()).isEqualTo(1);
    assertThat(define(" " + rules).version()).isEqualTo(1);
    assertThat(define(rules.replace("\"price\":100", "\"price\":200")).version()).isEqualTo(2);
  }

  @Test
  void rulesOfAnotherGameOrNoRulesAreRefused() {
    String rules = Shard.json(Shard.mini());

    assertThat(
            shard.refused(new CatalogCommand.DefineGame(GameName.of("other"), rules, "")).field())
        .isEqualTo("name");
    assertThat(shard.refused(new CatalogCommand.DefineGame(Shard.MINI, "{}", "")).field())
        .isEqualTo("rules");
    assertThat(shard.refused(new CatalogCommand.DefineGame(Shard.MINI, rules, "[]")).field())
        .isEqualTo("rules");
  }

  @Test
  void resultsAreImportedAllOrNothing() {
    define(Shard.json(Shard.mini()));
    PastResult good = result("2026-01-01", 1, 2, 1);
    PastResult bad = result("2026-01-02", 1, 9, 1);

    assertThat(shard.refused(importing(good, bad)).field()).isEqualTo("rows[1]");
    assertThat(past(Optional.empty(), Optional.empty(), 10).items()).isEmpty();

    var imported = shard.done(importing(good, good), LotteryReply.ResultsImported.class);
    assertThat(imported.added()).isEqualTo(1);
    assertThat(imported.unchanged()).isEqualTo(1);
    assertThat(shard.refused(importing(result("2026-01-01", 1, 3, 1))).code())
        .isEqualTo(RefusalCode.RESULT_DIFFERS);
  }

  @Test
  void resultsOfAnUnknownGameAreRefused() {
    assertThat(shard.refused(importing(result("2026-01-01", 1, 2, 1))).code())
        .isEqualTo(RefusalCode.UNKNOWN_GAME);
  }

  @Test
  void resultsComeLatestFirstWithinDaysInPages() {
    define(Shard.json(Shard.mini()));
    shard.run(
        importing(
            result("2026-01-01", 1, 2, 1),
            result("2026-01-02", 1, 2, 1),
            result("2026-01-03", 1, 2, 1),
            result("2026-01-04", 1, 2, 1)));

    var page = past(Optional.of("2026-01-02"), Optional.empty(), 2);
    assertThat(page.items()).extracting(row -> row.date().getDayOfMonth()).containsExactly(4, 3);
    var query =
        new LotteryQuery.PastResults(
            Shard.MINI,
            Optional.of(LocalDate.parse("2026-01-02")),
            Optional.empty(),
            page.next(),
            2);
    assertThat(shard.found(query, LotteryAnswer.PastResultsFound.class).items())
        .extracting(row -> row.date().getDayOfMonth())
        .containsExactly(2);
    assertThat(past(Optional.empty(), Optional.of("2026-01-01"), 9).items()).hasSize(1);
    assertThat(past(Optional.of("2026-02-01"), Optional.of("2026-01-01"), 9).items()).isEmpty();
  }

  @Test
  void gamesAreListedByName() {
    define(Shard.json(Shard.mini()));

    var games = shard.found(new LotteryQuery.Games(), LotteryAnswer.GamesFound.class).games();

    assertThat(games).hasSize(1);
    assertThat(games.get(0).rules()).isEqualTo(Shard.json(Shard.mini()));
    assertThat(shard.ask(new LotteryQuery.GameRules(GameName.of("none"))))
        .isInstanceOf(LotteryAnswer.Unanswered.class);
  }

  @Test
  void partiesFileIsVersioned() {
    String file =
        new String(
            new PartiesFile(1, new TreeMap<>(), new TreeMap<>()).toBytes(), StandardCharsets.UTF_8);
    assertThat(shard.ask(new LotteryQuery.PartiesFile()))
        .isInstanceOf(LotteryAnswer.Unanswered.class);

    publish(file);
    assertThat(publish(file).version()).isEqualTo(1);
    assertThat(publish(file.replace("\"version\":1", "\"version\":2")).version()).isEqualTo(2);
    assertThat(shard.refused(new CatalogCommand.PublishParties("{}")).field()).isEqualTo("parties");
  }

  private LotteryReply.PartiesPublished publish(String file) {
    return shard.done(new CatalogCommand.PublishParties(file), LotteryReply.PartiesPublished.class);
  }

  private LotteryReply.GameDefined define(String rules) {
    return shard.done(
        new CatalogCommand.DefineGame(Shard.MINI, rules, ""), LotteryReply.GameDefined.class);
  }

  private LotteryAnswer.PastResultsFound past(
      Optional<String> from, Optional<String> to, int limit) {
    return shard.found(
        new LotteryQuery.PastResults(
            Shard.MINI,
            from.map(LocalDate::parse),
            to.map(LocalDate::parse),
            Optional.empty(),
            limit),
        LotteryAnswer.PastResultsFound.class);
  }

  private static CatalogCommand.ImportResults importing(PastResult... rows) {
    return new CatalogCommand.ImportResults(Shard.MINI, List.of(rows));
  }

  private static PastResult result(String date, int one, int two, int bonus) {
    return new PastResult(
        LocalDate.parse(date),
        new Numbers(new TreeMap<>(Map.of("main", List.of(one, two), "bonus", List.of(bonus)))),
        new TreeMap<>(Map.of("note", "x")));
  }
}
