package io.elottery.heartbeat.impulse;

/**
 * What a worker says of itself in its impulses.
 *
 * @param loadPermille how busy it is, 0 … 1000
 * @param hearsMain whether a main answers it
 */
public record SelfState(int loadPermille, boolean hearsMain) {}
