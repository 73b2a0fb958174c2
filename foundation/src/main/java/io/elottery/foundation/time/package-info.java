/**
 * Time, timers and chance as constructor arguments. Entry type: {@link
 * io.elottery.foundation.time.Time}. See each port for its thread.
 */
@NullMarked
package io.elottery.foundation.time;

import org.jspecify.annotations.NullMarked;
