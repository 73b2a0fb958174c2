/**
 * What player and API do alike, in the lottery's own words: signing in, buying, asking. Entry type:
 * {@link io.elottery.web.desk.Desk}, on the HTTP loop.
 */
@NullMarked
package io.elottery.web.desk;

import org.jspecify.annotations.NullMarked;
