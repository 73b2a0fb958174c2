/**
 * The {@code elottery} command. Entry type: {@link io.elottery.deploy.Elottery}, on the main
 * thread.
 */
@NullMarked
package io.elottery.deploy;

import org.jspecify.annotations.NullMarked;
