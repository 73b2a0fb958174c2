/**
 * Starting and stopping in order. Entry type: {@link io.elottery.foundation.lifecycle.Lifecycle},
 * on the starting thread.
 */
@NullMarked
package io.elottery.foundation.lifecycle;

import org.jspecify.annotations.NullMarked;
