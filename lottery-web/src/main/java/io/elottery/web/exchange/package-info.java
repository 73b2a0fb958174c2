/**
 * Requests and answers as the gateway's own code sees them, free of the HTTP server behind. Entry
 * type: {@link io.elottery.web.exchange.Handler}, on the request's own executor.
 */
@NullMarked
package io.elottery.web.exchange;

import org.jspecify.annotations.NullMarked;
