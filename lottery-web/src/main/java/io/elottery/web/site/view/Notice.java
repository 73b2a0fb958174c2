package io.elottery.web.site.view;

import java.util.Optional;

/**
 * Something to be told on top of a page.
 *
 * @param kind {@code good}, {@code bad}, {@code wait} or {@code info}: decides colour and sign
 * @param href where to go next, with {@code label}
 */
public record Notice(String kind, String title, String text, Optional<String> href, String label) {
  /** Without a link. */
  public static Notice of(String kind, String title, String text) {
    return new Notice(kind, title, text, Optional.empty(), "");
  }

  /** With a link. */
  public Notice link(String href, String label) {
    return new Notice(kind, title, text, Optional.of(href), label);
  }
}
