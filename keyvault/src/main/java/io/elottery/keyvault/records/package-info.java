/**
 * Records whose place is not trusted: what every main remembers of them, and what it does when the
 * place gives something else. Entry type: {@link io.elottery.keyvault.records.RememberedRecords}.
 * Any thread.
 */
@NullMarked
package io.elottery.keyvault.records;

import org.jspecify.annotations.NullMarked;
