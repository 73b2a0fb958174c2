package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.answer.LotteryAnswer.HistoryFound;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery.MyHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What holds of every player's history of which nothing was let go. */
final class Histories {
  private Histories() {}

  /** Reads all of it, page by page; the same whether or not the asker knows the balance. */
  static List<HistoryItem> all(Shard shard, PlayerId player, int limit) {
    HistoryFound page = page(shard, new MyHistory(player, Optional.empty(), limit));
    List<HistoryItem> all = new ArrayList<>(page.items());
    while (page.next().isPresent()) {
      HistoryItem last = all.get(all.size() - 1);
      long before = last.balance().minorUnits() - last.amount().minorUnits();
      Optional<String> next = page.next();
      page = page(shard, new MyHistory(player, next, limit));
      assertThat(page(shard, new MyHistory(player, next, OptionalLong.of(before), limit)))
          .isEqualTo(page);
      all.addAll(page.items());
    }
    return all;
  }

  private static HistoryFound page(Shard shard, MyHistory query) {
    return shard.found(query, HistoryFound.class);
  }

  /** Each balance follows from the one before, from the registration to what is there now. */
  static void addUp(Shard shard, PlayerId player) {
    List<HistoryItem> items = all(shard, player, 500);
    assertThat(items.get(items.size() - 1).kind()).isEqualTo(Kind.REGISTERED);
    long balance = 0;
    long position = 0;
    for (int i = items.size() - 1; i >= 0; i--) {
      HistoryItem item = items.get(i);
      balance += item.amount().minorUnits();
      assertThat(item.balance().minorUnits()).as("%s after %s", player, item).isEqualTo(balance);
      assertThat(balance).as("%s after %s", player, item).isNotNegative();
      assertThat(item.position())
          .as("%s at %s", player, item)
          .isPositive()
          .isGreaterThanOrEqualTo(position);
      position = item.position();
    }
    assertThat(balance).as("%s", player).isEqualTo(shard.balance(player));
  }
}
