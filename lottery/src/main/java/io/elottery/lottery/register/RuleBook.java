package io.elottery.lottery.register;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A game's rules with their one text and hash, shared by all draws that have them, and the way
 * lines are packed: numbers only, pools by ascending name as in a leaf, numbers ascending.
 */
public final class RuleBook {
  private final Rules rules;
  private final String text;
  private final Octets hash;
  private final List<Pool> pools; // by ascending name
  private final int width;

  private RuleBook(Rules rules) {
    this.rules = rules;
    this.text = CanonicalJson.text(rules.toJson());
    this.hash = Octets.wrap(rules.hash());
    this.pools = rules.pools().stream().sorted(Comparator.comparing(Pool::name)).toList();
    this.width = pools.stream().mapToInt(Pool::play).sum();
  }

  /**
   * Reads rules.
   *
   * @param json of the rules, in any spacing
   * @throws JsonRefused when they are no rules, or too large to be played
   */
  public static RuleBook read(String json) throws JsonRefused {
    Rules rules = Rules.fromJson(CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8)));
    for (Pool pool : rules.pools()) {
      if (pool.play() > Lines.NUMBERS_MAX) {
        throw new JsonRefused(
            "pool \"" + pool.name() + "\": at most " + Lines.NUMBERS_MAX + " can be played");
      }
    }
    return new RuleBook(rules);
  }

  /** The rules. */
  public Rules rules() {
    return rules;
  }

  /** Their canonical JSON. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text, 32 bytes. */
  public Octets hash() {
    return hash;
  }

  /** The pools by ascending name. */
  public List<Pool> pools() {
    return pools;
  }

  /** Numbers of one packed line. */
  public int width() {
    return width;
  }

  /** Packs lines that the rules allow. */
  public int[] pack(List<Line> lines) {
    int[] packed = new int[lines.size() * width];
    int at = 0;
    for (Line line : lines) {
      for (Pool pool : pools) {
        for (int number : line.of(pool.name())) {
          packed[at++] = number;
        }
      }
    }
    return packed;
  }

  /** The lines that were packed. */
  public List<Line> unpack(int[] packed) {
    Line[] lines = new Line[packed.length / width];
    int at = 0;
    for (int i = 0; i < lines.length; i++) {
      TreeMap<String, List<Integer>> picks = new TreeMap<>();
      for (Pool pool : pools) {
        List<Integer> numbers = new ArrayList<>(pool.play());
        for (int j = 0; j < pool.play(); j++) {
          numbers.add(packed[at++]);
        }
        picks.put(pool.name(), numbers);
      }
      lines[i] = new Line(picks);
    }
    return List.of(lines);
  }
}
