/**
 * What a gateway is configured with. Entry type: {@link io.elottery.web.config.WebConfig}, on the
 * starting thread.
 */
@NullMarked
package io.elottery.web.config;

import org.jspecify.annotations.NullMarked;
