package io.elottery.controller.staff;

/**
 * An action as the second person sees it.
 *
 * @param words what will be done, in sentences; the approver's hash covers them
 * @param fingerprint of what it was judged against, a plan's hash for instance: when it is another
 *     one at the time of approval or execution, the proposal is refused; empty = always the same
 */
public record Described(String words, String fingerprint) {
  /** Depends on nothing that changes. */
  public static Described of(String words) {
    return new Described(words, "");
  }
}
