/**
 * What the user types, one class for each sub-command. Entry type: {@link
 * io.elottery.deploy.command.Invocation}, on the main thread.
 */
@NullMarked
package io.elottery.deploy.command;

import org.jspecify.annotations.NullMarked;
