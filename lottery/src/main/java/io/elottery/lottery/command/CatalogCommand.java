package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.catalog.PastResults;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.results.PastResult;
import java.util.List;

/** Games, past results and the parties file; all belong to the catalog. */
public sealed interface CatalogCommand extends LotteryCommand {
  /** What to do for each. */
  interface Cases<R> {
    /** DefineGame. */
    R defineGame(DefineGame command);

    /** ImportResults. */
    R importResults(ImportResults command);

    /** PublishParties. */
    R publishParties(PublishParties command);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(LotteryCommand.Cases<R> cases) {
    return cases.catalog(this);
  }

  /**
   * A game's rules, new or changed. Draws that are open keep the rules they were opened with.
   *
   * @param rules JSON of the rules; kept in canonical form
   * @param columns canonical JSON of the columns of a file of its past results; empty: none
   */
  record DefineGame(GameName game, String rules, String columns) implements CatalogCommand {
    static final int TAG = 10;

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.game(out, game);
      out.text(rules);
      out.text(columns);
    }

    static DefineGame read(WireReader in) throws MalformedMessage {
      return new DefineGame(Fields.game(in), in.text(), in.text());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.defineGame(this);
    }
  }

  /**
   * Real past results, all or nothing. Rows that are there already are left as they are; a row that
   * contradicts one is refused.
   *
   * @param rows at most 100,000
   */
  record ImportResults(GameName game, List<PastResult> rows) implements CatalogCommand {
    static final int TAG = 11;

    /** Checks and copies. */
    public ImportResults {
      rows = List.copyOf(rows);
    }

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.game(out, game);
      Fields.list(out, rows, PastResults::write);
    }

    static ImportResults read(WireReader in) throws MalformedMessage {
      return new ImportResults(Fields.game(in), Fields.list(in, 100_000, PastResults::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.importResults(this);
    }
  }

  /**
   * A new version of the parties file. The same text again changes nothing.
   *
   * @param parties canonical JSON
   */
  record PublishParties(String parties) implements CatalogCommand {
    static final int TAG = 12;

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      out.text(parties);
    }

    static PublishParties read(WireReader in) throws MalformedMessage {
      return new PublishParties(in.text());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.publishParties(this);
    }
  }
}
