package io.elottery.web.site.view;

/**
 * One tier: what must match, what it pays, how likely or how often it was won.
 *
 * @param count winners, or the odds as {@code 1 in 24.87}
 */
public record TierRow(String tier, String match, String prize, String count) {}
