/**
 * The trail of what the staff and main did: each record is chained to the one before and signed, so
 * that no byte changes unseen. Entry type: {@link io.elottery.keyvault.audit.AuditChain}. Immutable
 * values, any thread.
 */
@NullMarked
package io.elottery.keyvault.audit;

import org.jspecify.annotations.NullMarked;
