package io.elottery.lottery.id;

/**
 * One draw of one game; its text, {@code lotto649:TORM211126}, is what leaves, commitments and
 * signatures name.
 */
public record DrawRef(GameName game, DrawId id) implements Comparable<DrawRef> {
  /**
   * Reads {@code game:id}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static DrawRef parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "draw \"" + text + "\": expected game:id, like lotto649:TORM211126");
    }
    return new DrawRef(
        GameName.of(text.substring(0, colon)), DrawId.parse(text.substring(colon + 1)));
  }

  /** Both parts as text. */
  public static DrawRef of(String game, String id) {
    return new DrawRef(GameName.of(game), DrawId.parse(id));
  }

  /** The branch that sells it. */
  public BranchId branch() {
    return id.branch();
  }

  /** The key of the actor that holds it. */
  public String actorKey() {
    return id.branch().actorKey();
  }

  @Override
  public int compareTo(DrawRef other) {
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : game.compareTo(other.game);
  }

  @Override
  public String toString() {
    return game.text() + ":" + id;
  }
}
