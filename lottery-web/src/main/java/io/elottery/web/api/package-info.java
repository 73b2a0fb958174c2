/**
 * The HTTP API of players, operators and third parties ({@code docs/api.md}). Entry type: {@link
 * io.elottery.web.api.PublicApi}, on the HTTP loop.
 */
@NullMarked
package io.elottery.web.api;

import org.jspecify.annotations.NullMarked;
