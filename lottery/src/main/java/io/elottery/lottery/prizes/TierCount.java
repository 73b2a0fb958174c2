package io.elottery.lottery.prizes;

import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;

/**
 * One row of a draw's winners.
 *
 * @param tier the tier's name
 * @param count winning lines
 * @param prizeEach minor units for each; of a shared tier without winners 0
 */
public record TierCount(String tier, long count, long prizeEach) {
  /** Checks the ranges. */
  public TierCount {
    if (count < 0 || prizeEach < 0) {
      throw new IllegalArgumentException("tier " + tier + ": expected count and prize from 0");
    }
  }

  /** The row as it stands in a bundle. */
  public Json.Fields toJson() {
    return Json.fields().with("tier", tier).with("count", count).with("prizeEach", prizeEach);
  }

  /** Reads {@link #toJson()}. */
  public static TierCount fromJson(String where, Json json) throws JsonRefused {
    FieldReader in = FieldReader.of(where, json);
    TierCount row =
        new TierCount(
            in.text("tier"),
            in.whole("count", 0, Json.WHOLE_LIMIT - 1),
            in.whole("prizeEach", 0, Json.WHOLE_LIMIT - 1));
    in.done();
    return row;
  }
}
