/**
 * The pages of the staff port: network, keys, approvals, vault, people, audit. Entry type: {@link
 * io.elottery.web.console.Console}, on the HTTP loop.
 */
@NullMarked
package io.elottery.web.console;

import org.jspecify.annotations.NullMarked;
