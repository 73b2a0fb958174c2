/**
 * What one officer proposes and another approves. Entry type: {@link
 * io.elottery.keyvault.approval.Approvals}. Immutable values, any thread.
 */
@NullMarked
package io.elottery.keyvault.approval;

import org.jspecify.annotations.NullMarked;
