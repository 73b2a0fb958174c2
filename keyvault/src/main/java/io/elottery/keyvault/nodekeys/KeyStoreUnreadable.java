package io.elottery.keyvault.nodekeys;

import java.nio.file.Path;

/** A server's own keys cannot be read or written. Names the place, never the content. */
public final class KeyStoreUnreadable extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the directory and what to do. */
  public KeyStoreUnreadable(Path directory, String problem) {
    super("keys in " + directory + ": " + problem);
  }

  /** With the directory, what to do and what the system said. */
  public KeyStoreUnreadable(Path directory, String problem, Throwable cause) {
    super("keys in " + directory + ": " + problem, cause);
  }
}
