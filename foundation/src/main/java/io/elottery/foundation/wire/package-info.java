/**
 * Bytes that cross between servers. Entry type: {@link io.elottery.foundation.wire.Envelope}.
 * Values only, any thread.
 */
@NullMarked
package io.elottery.foundation.wire;

import org.jspecify.annotations.NullMarked;
