package io.elottery.foundation.wire;

/** Bytes that are not what they claim to be. Whoever reads them drops and counts, never crashes. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what was expected and at which offset; never with the bytes. */
  public MalformedMessage(String message) {
    super(message);
  }
}
