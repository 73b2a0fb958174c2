package io.elottery.heartbeat.registry;

/** The registry did not answer; whether something was done, nobody knows. Safe to try again. */
public final class RegistryUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what was asked and what the client said. */
  public RegistryUnavailable(String what, Throwable cause) {
    super("registry: " + what + ": " + cause.getMessage(), cause);
  }

  /** With what was asked and what came of it. */
  public RegistryUnavailable(String what, String problem) {
    super("registry: " + what + ": " + problem);
  }
}
