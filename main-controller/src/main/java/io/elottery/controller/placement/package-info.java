/**
 * Places shards once and reads what is recorded. Entry type: {@link
 * io.elottery.controller.placement.PlacementDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.placement;

import org.jspecify.annotations.NullMarked;
