/**
 * Typed configuration with its origins. Entry type: {@link
 * io.elottery.foundation.config.ConfigSource}, on the starting thread.
 */
@NullMarked
package io.elottery.foundation.config;

import org.jspecify.annotations.NullMarked;
