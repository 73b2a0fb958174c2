/** Digests of bytes. Entry type: {@link io.elottery.foundation.hash.Sha256}. On any thread. */
@NullMarked
package io.elottery.foundation.hash;

import org.jspecify.annotations.NullMarked;
