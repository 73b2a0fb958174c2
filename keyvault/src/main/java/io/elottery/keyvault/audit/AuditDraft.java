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
  /** The longest of these texts; what is longer is cut. */
  public static final int TEXT_MAX = 1_000;

  /** Cuts, and replaces what cannot be written as text. */
  public AuditDraft {
    who = clean(who);
    approvedBy = clean(approvedBy);
    what = clean(what);
    target = clean(target);
    detail = clean(detail);
    result = clean(result);
  }

  private static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(TEXT_MAX)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
