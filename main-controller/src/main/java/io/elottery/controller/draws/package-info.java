/**
 * What main does with draws: its two parties, games and results at the first start, openings on
 * schedule. Entry type: {@link io.elottery.controller.draws.PartyDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.draws;

import org.jspecify.annotations.NullMarked;
