/**
 * Passwords, session tokens and the limits on guessing them. Entry type: {@link
 * io.elottery.web.signin.Passwords}, on the HTTP loop.
 */
@NullMarked
package io.elottery.web.signin;

import org.jspecify.annotations.NullMarked;
