package io.elottery.keyvault.audit;

/**
 * What a record says, before it has its place in the chain. No secrets, no names of players.
 *
 * @param who did it: a member of the staff, or a main
 * @param approvedBy the second person; empty with none
 * @param what upper case: {@code KEYS_CUT}
 * @param target what it was done to
 * @param detail for a person
 * @param result {@code DONE}, {@code REFUSED}, {@code FAILED} …
 */
public record AuditDraft(
    String who, String approvedBy, String what, String target, String detail, String result) {
  private static final int NAME_MAX = 64;
  private static final int TARGET_MAX = 200;
  private static final int DETAIL_MAX = 1_000;

  /** Cuts what is too long, and replaces what cannot be written as text by blanks. */
  public AuditDraft {
    who = clean(who, NAME_MAX);
    approvedBy = clean(approvedBy, NAME_MAX);
    what = clean(what, NAME_MAX);
    target = clean(target, TARGET_MAX);
    detail = clean(detail, DETAIL_MAX);
    result = clean(result, NAME_MAX);
  }

  private static String clean(String text, int most) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(
            c -> c >= ' ' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) ? c : ' ')
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
