package io.elottery.web.console.view;

import java.util.List;

/**
 * How the vault is at every main.
 *
 * @param state {@code green}, {@code yellow} or {@code red}
 * @param why in words; empty when all is well
 * @param compartments the columns
 * @param mains the rows
 * @param waits what waits for an open vault, in words
 */
public record VaultView(
    String state, String why, List<String> compartments, List<MainRow> mains, List<String> waits) {
  /** Copies. */
  public VaultView {
    compartments = List.copyOf(compartments);
    mains = List.copyOf(mains);
    waits = List.copyOf(waits);
  }

  /** One main. */
  public record MainRow(String name, boolean reached, List<Part> parts) {
    /** Copies. */
    public MainRow {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One compartment at one main.
   *
   * @param state {@code open}, {@code sealed} or {@code unknown}
   * @param given pieces given so far
   * @param needed pieces needed; 0 where a passphrase opens it
   */
  public record Part(String state, int given, int needed, String generation) {
    /** Pieces as marks, given ones first. */
    public List<Boolean> marks() {
      return java.util.stream.IntStream.range(0, needed).mapToObj(i -> i < given).toList();
    }
  }
}
