package io.elottery.controller.staff;

/**
 * What is to be written into the audit trail. No secrets, no names of players.
 *
 * @param who did it: a member of the staff, or a main by its name
 * @param approvedBy the second person; empty with none
 * @param what upper case: {@code KEYS_CUT}
 * @param target what it was done to: a link, a worker, a member of the staff
 * @param detail for a person
 * @param result {@code DONE}, {@code REFUSED}, {@code FAILED}, {@code PENDING} …
 */
public record AuditEntry(
    String who, String approvedBy, String what, String target, String detail, String result) {
  /** By one alone, done. */
  public static AuditEntry done(String who, String what, String target, String detail) {
    return new AuditEntry(who, "", what, target, detail, "DONE");
  }
}
