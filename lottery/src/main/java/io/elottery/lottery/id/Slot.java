package io.elottery.lottery.id;

/** The part of a day a draw belongs to. */
public enum Slot {
  /** Before noon. */
  MORNING('M'),
  /** From noon to six. */
  AFTERNOON('A'),
  /** From six. */
  EVENING('E');

  private final char letter;

  Slot(char letter) {
    this.letter = letter;
  }

  /** Its letter in a draw's id. */
  public char letter() {
    return letter;
  }

  /** The slot of an hour 0 … 23: morning before 12, afternoon before 18, then evening. */
  public static Slot ofHour(int hour) {
    return hour < 12 ? MORNING : hour < 18 ? AFTERNOON : EVENING;
  }

  /**
   * The slot with this letter.
   *
   * @throws IllegalArgumentException for any other letter
   */
  public static Slot ofLetter(char letter) {
    for (Slot slot : values()) {
      if (slot.letter == letter) {
        return slot;
      }
    }
    throw new IllegalArgumentException("slot '" + letter + "': expected M, A or E");
  }
}
