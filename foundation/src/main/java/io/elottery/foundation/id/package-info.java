/**
 * Names of servers and what they are. Entry type: {@link io.elottery.foundation.id.NodeId}. Values
 * only, any thread.
 */
@NullMarked
package io.elottery.foundation.id;

import org.jspecify.annotations.NullMarked;
