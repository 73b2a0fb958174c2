/**
 * How this process reaches the lottery's record. Entry type: {@link io.elottery.web.ledger.Ledger}.
 */
@NullMarked
package io.elottery.web.ledger;

import org.jspecify.annotations.NullMarked;
