package io.elottery.reports.rendering.pdfbox;

import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.verdict.Verdict;
import java.awt.Color;

/** The colours; of two states that matter no two differ in hue alone. */
final class Ink {
  static final Color TEXT = new Color(0x1b2430);
  static final Color QUIET = new Color(0x66717f);
  static final Color FAINT = new Color(0xe7ebf0);
  static final Color STRIPE = new Color(0xf5f7fa);
  static final Color ACCENT = new Color(0x1f4e8c);
  static final Color TINT = new Color(0xeaf1fa);
  static final Color WHITE = Color.WHITE;
  static final Color GOOD = new Color(0x2f9e62);
  static final Color FAIR = new Color(0xf2c14e);
  static final Color BAD = new Color(0xb3202c);

  private Ink() {}

  static Color of(Verdict verdict) {
    return switch (verdict) {
      case UP -> GOOD;
      case SLOW -> FAIR;
      case DEAF -> new Color(0xe58e26);
      case SUSPECT -> new Color(0xef7d57);
      case DOWN -> BAD;
      case CONSERVED -> new Color(0x5b7fb8);
      case UNKNOWN -> new Color(0x9aa5b1);
    };
  }

  static Color of(LinkHealth.Colour colour) {
    return switch (colour) {
      case GREEN -> GOOD;
      case YELLOW -> FAIR;
      case RED -> BAD;
      case NONE -> FAINT;
    };
  }
}
