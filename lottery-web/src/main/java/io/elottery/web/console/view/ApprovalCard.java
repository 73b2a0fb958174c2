package io.elottery.web.console.view;

import java.util.List;

/**
 * Something proposed.
 *
 * @param kind in words
 * @param lines what would be done, line by line
 * @param hash what an approver sends back
 * @param state {@code PENDING APPROVED DONE FAILED REJECTED EXPIRED}
 * @param approver empty before
 * @param why the result, or why not; empty before
 * @param invitation shown to its proposer once; empty otherwise
 * @param mine whether the one who looks proposed it
 */
public record ApprovalCard(
    String id,
    String kind,
    List<String> lines,
    String hash,
    String proposer,
    String at,
    String until,
    String state,
    String approver,
    String why,
    String invitation,
    boolean mine) {
  /** Copies. */
  public ApprovalCard {
    lines = List.copyOf(lines);
  }

  /** Whether it waits for a second person. */
  public boolean pending() {
    return state.equals("PENDING");
  }
}
