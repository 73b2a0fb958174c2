package io.elottery.lottery.rules;

/**
 * Why a game does not allow a line.
 *
 * @param field the pool at fault, for example {@code bonus}
 * @param detail one sentence for the player
 */
public record LineProblem(String field, String detail) {}
