package io.elottery.web.desk;

import io.elottery.foundation.time.Time;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.LotteryAnswer.HistoryFound;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.TokenBuckets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches what happened to a player, for that player: whose it is was asked before. A page costs
 * the shard as much as the player has tickets, so each player may ask for {@value #PAGES} within
 * half a minute and for {@value #FILES} files within three. On one loop.
 */
public final class MyHistories {
  private static final int PART = 500; // items of one answer, of which a file is put together
  private static final int PARTS_MAX = 100; // of one file; the oldest are left out
  private static final String END = "\r\n";
  private static final int PAGES = 30;
  private static final int FILES = 3;

  private final Desk desk;
  private final TokenBuckets pages;
  private final TokenBuckets files;

  /** At this desk. */
  public MyHistories(Desk desk, Time time) {
    this.desk = desk;
    this.pages = new TokenBuckets(time, PAGES, Duration.ofSeconds(30));
    this.files = new TokenBuckets(time, FILES, Duration.ofMinutes(3));
  }

  /** A page, newest first. */
  public CompletableFuture<HistoryFound> page(
      WebRequest request, PlayerId me, Optional<String> cursor, int limit) {
    Optional<Duration> wait = pages.take(me.toString());
    return wait.isPresent()
        ? refused("pages of your history", wait.get())
        : found(request, new LotteryQuery.MyHistory(me, cursor, limit));
  }

  private CompletableFuture<HistoryFound> found(WebRequest request, LotteryQuery.MyHistory query) {
    return desk.ask(request, query, HistoryFound.class);
  }

  /**
   * All of it as a file of comma-separated values (RFC 4180), newest first; at most the newest
   * 50,000 items. Amounts in minor units; what does not apply is empty. Names, times and numbers
   * only: nothing in it needs quoting.
   */
  public CompletableFuture<WebAnswer> csv(WebRequest request, PlayerId me) {
    Optional<Duration> wait = files.take(me.toString());
    if (wait.isPresent()) {
      return refused("files of your history", wait.get());
    }
    StringBuilder csv = new StringBuilder();
    csv.append("at,position,kind,ticket,game,draw,amount,currency,balance").append(END);
    return more(request, new LotteryQuery.MyHistory(me, Optional.empty(), PART), PARTS_MAX, csv)
        .thenApply(all -> WebAnswer.csv(200, all.toString()).asFile("history.csv"));
  }

  private static <T> CompletableFuture<T> refused(String what, Duration wait) {
    return CompletableFuture.failedFuture(
        Problem.tooMuch(
                "Too many " + what + ". Wait " + (1 + wait.toSeconds()) + " seconds and try again.",
                wait)
            .unacceptable());
  }

  private CompletableFuture<StringBuilder> more(
      WebRequest request, LotteryQuery.MyHistory query, int parts, StringBuilder csv) {
    return found(request, query)
        .thenCompose(
            found -> {
              found.items().forEach(item -> csv.append(row(item)).append(END));
              return found.next().isEmpty() || parts == 1
                  ? CompletableFuture.completedFuture(csv)
                  : more(request, after(query.player(), found), parts - 1, csv);
            });
  }

  // Only what was just answered tells the balance: a cursor from outside could say anything.
  private static LotteryQuery.MyHistory after(PlayerId me, HistoryFound found) {
    HistoryItem last = found.items().get(found.items().size() - 1);
    long before = last.balance().minorUnits() - last.amount().minorUnits();
    return new LotteryQuery.MyHistory(me, found.next(), OptionalLong.of(before), PART);
  }

  private static String row(HistoryItem item) {
    return String.join(
        ",",
        List.of(
            item.at().toString(),
            Long.toString(item.position()),
            item.kind().name(),
            item.about().map(about -> about.ticket().toString()).orElse(""),
            item.about().map(about -> about.draw().game().text()).orElse(""),
            item.about().map(about -> about.draw().id().toString()).orElse(""),
            Long.toString(item.amount().minorUnits()),
            item.amount().currency(),
            Long.toString(item.balance().minorUnits())));
  }
}
