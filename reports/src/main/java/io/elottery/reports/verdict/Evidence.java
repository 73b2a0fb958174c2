package io.elottery.reports.verdict;

/**
 * One observer's word on a server.
 *
 * @param observer a neighbour's name, or the hemisphere's: {@code LEFT}
 * @param claim what it saw
 * @param sentence for a person: who saw what, since when
 */
public record Evidence(String observer, Claim claim, String sentence) {
  /** What an observer can say. */
  public enum Claim {
    /** Heard it within the bound. */
    HEARD,
    /** Did not hear it within the bound. */
    SILENT,
    /** The connection closed and a reconnect was refused: nobody is there. */
    GONE,
    /** Casts no vote: doubts itself, or its word is too old. */
    ABSTAINS
  }
}
