package io.elottery.web.console.view;

/**
 * One record of the audit trail.
 *
 * @param approvedBy empty with no second person
 * @param result {@code DONE REFUSED FAILED PENDING}: decides the colour
 */
public record AuditRow(
    String number,
    String at,
    String who,
    String approvedBy,
    String what,
    String target,
    String detail,
    String result) {}
