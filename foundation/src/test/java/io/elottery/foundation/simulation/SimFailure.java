package io.elottery.foundation.simulation;

import org.jspecify.annotations.Nullable;

/** A simulated run went wrong; the message names the seed and the command that repeats the run. */
public final class SimFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  SimFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
