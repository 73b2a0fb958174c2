package io.elottery.web.exchange;

/** What every answer of a port wears. Any thread. */
public interface Dress {
  /** Adds the headers every answer needs. */
  WebAnswer dressed(String path, WebAnswer answer);

  /** Shows a problem as this path's readers expect it: JSON or a page. */
  WebAnswer problem(String path, Problem problem);
}
