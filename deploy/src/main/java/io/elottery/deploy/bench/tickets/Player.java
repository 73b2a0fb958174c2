package io.elottery.deploy.bench.tickets;

/**
 * One who buys.
 *
 * @param draw {@code game/id}, on sale
 * @param token of the signed-in player
 */
public record Player(String draw, String token) {}
