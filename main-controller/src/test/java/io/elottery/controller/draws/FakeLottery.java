package io.elottery.controller.draws;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A worker that keeps a catalog and opens draws; the least of the lottery. */
final class FakeLottery {
  final List<LotteryCommand> commands = new ArrayList<>();
  final Map<String, GameView> games = new TreeMap<>();
  final Map<String, DrawCommand.OpenDraw> draws = new TreeMap<>();
  String parties = "";
  boolean silent;
  private final CountingResults results = new CountingResults();

  private static final class CountingResults {
    private int rows;
  }

  FakeLottery(Wire wire) {
    Wire.Station station = wire.station("worker-1", Role.WORKER);
    station.board.serve(
        LedgerKinds.COMMAND,
        (from, request, answer) -> {
          if (!silent) {
            answer.reply(reply(body(request)));
          }
        });
    station.board.serve(
        LedgerKinds.QUERY,
        (from, request, answer) -> {
          if (!silent) {
            answer.reply(answer(body(request)));
          }
        });
  }

  private Envelope reply(byte[] body) {
    try {
      LotteryCommand command = LotteryCommand.decode(body);
      commands.add(command);
      return answered(execute(command).encode());
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private LotteryReply execute(LotteryCommand command) {
    if (command instanceof CatalogCommand.DefineGame define) {
      Octets hash = Octets.of(new byte[32]);
      games.put(
          define.game().text(),
          new GameView(define.game(), 1, define.rules(), hash, define.columns()));
      return new LotteryReply.GameDefined(define.game(), 1, hash);
    }
    if (command instanceof CatalogCommand.ImportResults imported) {
      results.rows += imported.rows().size();
      return new LotteryReply.ResultsImported(imported.game(), imported.rows().size(), 0);
    }
    if (command instanceof CatalogCommand.PublishParties publish) {
      parties = publish.parties();
      return new LotteryReply.PartiesPublished(1);
    }
    if (command instanceof DrawCommand.OpenDraw open) {
      boolean repeated = draws.put(open.key().text(), open) != null;
      return new LotteryReply.DrawAccepted(
          new DrawRef(open.game(), open.id()),
          DrawState.OPEN,
          open.saleEnd().from(Instant.EPOCH),
          open.capacity(),
          repeated);
    }
    if (command instanceof DrawCommand.VoidDraw voiding) {
      boolean agreed = voiding.consents().stream().anyMatch(consent -> consent.party().isAuditor());
      return agreed
          ? new LotteryReply.DrawAccepted(voiding.draw(), DrawState.VOID, Instant.EPOCH, 1, false)
          : new LotteryReply.Refused(
              new Refusal(RefusalCode.STEP_MISSING, "consents", "AUDITOR has not agreed"));
    }
    throw new AssertionError("not expected: " + command);
  }

  private Envelope answer(byte[] body) {
    try {
      LotteryQuery query = LotteryQuery.decode(body);
      LotteryAnswer nothing =
          new LotteryAnswer.Unanswered(new Refusal(RefusalCode.NOT_YET, "", "nothing"));
      LotteryAnswer answer = nothing;
      if (query instanceof LotteryQuery.GameRules rules) {
        GameView game = games.get(rules.game().text());
        answer = game == null ? nothing : new LotteryAnswer.GameFound(game);
      } else if (query instanceof LotteryQuery.PartiesFile && !parties.isEmpty()) {
        answer = new LotteryAnswer.PartiesFound(1, parties);
      } else if (query instanceof LotteryQuery.PastResults && results.rows == 0) {
        answer = new LotteryAnswer.PastResultsFound(List.of(), Optional.empty());
      }
      return answered(answer.encode());
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static byte[] body(Envelope request) {
    try {
      return CommandCall.of(request).body();
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static Envelope answered(byte[] body) {
    return new Response.Answer(new ShardId(0), new LogPosition(1), body).envelope();
  }
}
