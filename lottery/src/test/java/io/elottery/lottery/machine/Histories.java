package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.answer.LotteryAnswer.HistoryFound;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What holds of every player's history of which nothing was let go. */
final class Histories {
  private Histories() {}

  /** Reads all of it, page by page. */
  static List<HistoryItem> all(Shard shard, PlayerId player, int limit) {
    List<HistoryItem> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      HistoryFound page =
          shard.found(new LotteryQuery.MyHistory(player, cursor, limit), HistoryFound.class);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
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
      if (item.position() > 0) { // It is known.
        assertThat(item.position()).as("%s at %s", player, item).isGreaterThanOrEqualTo(position);
        position = item.position();
      }
    }
    assertThat(balance).as("%s", player).isEqualTo(shard.balance(player));
  }
}
