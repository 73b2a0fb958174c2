package io.elottery.lottery.id;

/**
 * One of those who make the winning numbers together: {@code LEFT}, {@code RIGHT}, {@code AUDITOR}.
 *
 * @param text {@code [A-Z][A-Z0-9-]{0,31}}
 */
public record PartyName(String text) implements Comparable<PartyName> {
  /** Checks the form. */
  public PartyName {
    if (!hasForm(text)) {
      throw new IllegalArgumentException(
          "party \"" + text + "\": expected A-Z first, then up to 31 of A-Z 0-9 -");
    }
  }

  /** The party with this name. */
  public static PartyName of(String text) {
    return new PartyName(text);
  }

  /** Whether this party counts and certifies: its name starts with {@code AUDITOR}. */
  public boolean isAuditor() {
    return text.startsWith("AUDITOR");
  }

  @Override
  public int compareTo(PartyName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean hasForm(String text) {
    if (text.isEmpty() || text.length() > 32 || text.charAt(0) < 'A' || text.charAt(0) > 'Z') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
        return false;
      }
    }
    return true;
  }
}
