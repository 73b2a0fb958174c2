/**
 * Load runs against a running cluster. Entry type: {@link io.elottery.deploy.bench.TicketBench};
 * one thread for each connection.
 */
@NullMarked
package io.elottery.deploy.bench;

import org.jspecify.annotations.NullMarked;
