package io.elottery.web.console.view;

/**
 * A member of the staff.
 *
 * @param roles as one reads them
 * @param branch empty for most
 * @param set whose key pieces the officer holds; empty for none
 * @param signsIn by what: {@code password token invited}, or {@code not yet}
 */
public record PersonRow(
    String name,
    String person,
    String roles,
    String branch,
    String set,
    boolean disabled,
    String signsIn) {}
