/**
 * Mutually authenticated connections by certificate, between any two servers but two workers. Entry
 * type: {@link io.elottery.heartbeat.trunk.Trunks}, on any thread.
 */
@NullMarked
package io.elottery.heartbeat.trunk;

import org.jspecify.annotations.NullMarked;
