package io.elottery.foundation.wire;

/** Bytes that are not what they claim to be. Whoever reads them drops and counts, never crashes. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int LENGTH_MAX = 300;

  /**
   * With what was expected and at which offset; never with the bytes. What gets into it all the
   * same neither fills a log nor forges a line of it: it is cut short, control characters go.
   */
  public MalformedMessage(String message) {
    super(harmless(message, LENGTH_MAX));
  }

  /** The text in one line of at most that many characters. */
  public static String harmless(String text, int most) {
    String line = text.length() > most ? text.substring(0, most) + "…" : text;
    return line.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
  }
}
