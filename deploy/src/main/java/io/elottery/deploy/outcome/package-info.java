/** How commands end. Entry type: {@link io.elottery.deploy.outcome.ExitCode}. Values only. */
@NullMarked
package io.elottery.deploy.outcome;

import org.jspecify.annotations.NullMarked;
