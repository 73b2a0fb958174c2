/**
 * JSON in the one form that can be hashed and signed (RFC 8785). Entry type: {@link
 * io.elottery.lottery.canonical.CanonicalJson}. Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.canonical;

import org.jspecify.annotations.NullMarked;
