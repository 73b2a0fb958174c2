/**
 * The stack a user would pick instead: the same gateway before PostgreSQL with four standbys. Entry
 * types: {@link io.elottery.deploy.bench.postgres.PostgresServers} on the calling thread, {@link
 * io.elottery.deploy.bench.postgres.PostgresLedger} on any.
 */
@NullMarked
package io.elottery.deploy.bench.postgres;

import org.jspecify.annotations.NullMarked;
