package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;

/**
 * A game of the catalog.
 *
 * @param version counted up from 1 with every change of the rules
 * @param rules canonical JSON
 * @param rulesHash 32 bytes
 * @param columns canonical JSON of the columns of a file of its past results; empty: none
 */
public record GameView(GameName game, int version, String rules, Octets rulesHash, String columns) {
  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.game(out, game);
    out.varint(version).text(rules).raw(rulesHash.toBytes()).text(columns);
  }

  /** Reads what {@link #write} wrote. */
  public static GameView read(WireReader in) throws MalformedMessage {
    return new GameView(
        Fields.game(in), in.count(Integer.MAX_VALUE), in.text(), Fields.octets(in, 32), in.text());
  }
}
