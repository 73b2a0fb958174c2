package io.elottery.keyvault.init;

import java.nio.file.Path;

/** A network was not made; says why and what to do. */
public final class NetworkNotMade extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the directory and what to do. */
  public NetworkNotMade(Path directory, String problem) {
    super(directory + ": " + problem);
  }

  /** With the directory, what to do and what the system said. */
  public NetworkNotMade(Path directory, String problem, Throwable cause) {
    super(directory + ": " + problem, cause);
  }
}
