/**
 * Broken invariants and what is done about them. Entry type: {@link
 * io.elottery.foundation.fault.FaultHandler}.
 */
@NullMarked
package io.elottery.foundation.fault;

import org.jspecify.annotations.NullMarked;
