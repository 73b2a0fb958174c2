/**
 * The one thread that owns a part's state. Entry type: {@link
 * io.elottery.foundation.loop.NodeLoop}.
 */
@NullMarked
package io.elottery.foundation.loop;

import org.jspecify.annotations.NullMarked;
