package io.elottery.lottery.bundle;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.rules.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a draw's tree says of one ticket. Its buyer does not appear, only {@link #owner}.
 *
 * @param draw the draw's name
 * @param id the ticket's id
 * @param lines the combinations played, 1 or more
 * @param owner hex of SHA-256(salt ‖ player id)
 * @param position the ledger position at which it was sealed; ascends within a draw
 * @param price of all lines together, minor units
 */
public record Leaf(
    DrawName draw, String id, List<Line> lines, String owner, long position, long price) {
  /** Checks and copies. */
  public Leaf {
    lines = List.copyOf(lines);
    if (id.isEmpty() || lines.isEmpty() || !owner.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("leaf: expected an id, lines and an owner of 64 hex");
    }
    if (position < 0 || price < 0) {
      throw new IllegalArgumentException("leaf " + id + ": expected position and price from 0");
    }
  }

  /** The owner's mark: lower-case hex of SHA-256(salt ‖ player id). */
  public static String ownerOf(byte[] salt, String playerId) {
    byte[] mark = Sha256.of(salt, playerId.getBytes(StandardCharsets.UTF_8));
    return BytesText.hex(mark);
  }

  /** The leaf's bytes: canonical JSON. */
  public byte[] toBytes() {
    return CanonicalJson.write(toJson());
  }

  /** The leaf as JSON, with exactly its six keys. */
  public Json.Fields toJson() {
    return Json.fields()
        .with("draw", draw.toString())
        .with("id", id)
        .with("lines", lines.stream().map(Line::toJson).toList())
        .with("owner", owner)
        .with("position", position)
        .with("price", price);
  }

  /** Reads {@link #toBytes()}; anything but those very bytes is refused. */
  public static Leaf parse(byte[] bytes) throws JsonRefused {
    FieldReader in = FieldReader.of("leaf", CanonicalJson.parseCanonical(bytes));
    List<Line> lines = new ArrayList<>();
    for (Json line : in.items("lines")) {
      lines.add(Line.fromJson("leaf.lines[" + lines.size() + "]", line));
    }
    try {
      Leaf leaf =
          new Leaf(
              DrawName.parse(in.text("draw")),
              in.text("id"),
              lines,
              in.text("owner"),
              in.whole("position", 0, Json.WHOLE_LIMIT - 1),
              in.whole("price", 0, Json.WHOLE_LIMIT - 1));
      in.done();
      if (!Arrays.equals(leaf.toBytes(), bytes)) {
        throw new JsonRefused("leaf: the numbers of a line stand in ascending order");
      }
      return leaf;
    } catch (IllegalArgumentException unsound) {
      throw new JsonRefused("leaf: " + unsound.getMessage());
    }
  }
}
