package io.elottery.web.console.view;

/**
 * A cut in force.
 *
 * @param target what was cut, in words
 * @param confirmedBy the second officer; empty while nobody confirmed
 * @param confirmUntil until when somebody should
 * @param overdue whether nobody did in time
 * @param mine whether the one who looks cut it
 */
public record CutRow(
    String id,
    String target,
    String reason,
    String by,
    String at,
    String confirmedBy,
    String confirmUntil,
    boolean overdue,
    boolean mine) {}
