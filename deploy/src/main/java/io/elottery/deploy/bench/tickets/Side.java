package io.elottery.deploy.bench.tickets;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * One of the stacks that are compared.
 *
 * @param name for the table
 * @param site where its gateway listens
 * @param draw {@code game/id}, on sale there
 * @param tokens of players who can pay
 * @param gateway the gateway's process
 * @param servers the processes behind it
 */
public record Side(
    String name,
    URI site,
    String draw,
    List<String> tokens,
    long gateway,
    Supplier<List<Long>> servers) {}
