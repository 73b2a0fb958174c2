package io.elottery.web;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.lottery.command.CatalogCommand.DefineGame;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.results.GameFile;
import io.elottery.web.ledger.Ledger;
import io.elottery.web.staff.StaffDesk;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the catalog the games of {@code games.dir} once the network is reached; the same rules
 * again change nothing. On the gateway's loop.
 */
final class GameSeeding implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(GameSeeding.class);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final List<GameFile> games;
  private final Ledger ledger;
  private final NodeLoop loop;

  GameSeeding(List<GameFile> games, Ledger ledger, NodeLoop loop) {
    this.games = games;
    this.ledger = ledger;
    this.loop = loop;
  }

  @Override
  public void start() {
    games.forEach(file -> define(StaffDesk.command(file)));
  }

  @Override
  public void close() {
    // Its timers end with the loop.
  }

  private void define(DefineGame command) {
    ledger
        .deliver(command.actorKey(), command.encode())
        .thenAccept(
            delivery -> {
              if (delivery instanceof Delivery.Answered answered) {
                told(command.game(), answered.body());
              } else {
                loop.post(() -> loop.after(AGAIN, () -> define(command)));
              }
            });
  }

  private static void told(GameName game, byte[] body) {
    try {
      LotteryReply reply = LotteryReply.decode(body);
      if (reply instanceof LotteryReply.Refused refused) {
        log.error("game {} of games.dir is refused: {}", game.text(), refused.why());
      } else {
        log.info("the catalog holds game {}", game.text());
      }
    } catch (MalformedMessage other) {
      log.warn("the catalog answered in another version: {}", other.getMessage());
    }
  }
}
