/** Ports for tests. Entry type: {@link io.elottery.foundation.port.FreePort}. */
@NullMarked
package io.elottery.foundation.port;

import org.jspecify.annotations.NullMarked;
