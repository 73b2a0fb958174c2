package io.elottery.ledger.store;

/**
 * The store's disk failed. The process stops: what is on the disk is only known after a restart.
 */
public final class StoreFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public StoreFailed(String message) {
    super(message);
  }

  /** With the path and what was tried. */
  public StoreFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
