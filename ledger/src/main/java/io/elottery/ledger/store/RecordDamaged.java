package io.elottery.ledger.store;

/**
 * What rests in the store is not what was written. Nothing of it may be served; the copy it belongs
 * to is put aside. The store itself goes on.
 */
public final class RecordDamaged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With where it was found. */
  public RecordDamaged(String message) {
    super(message);
  }

  /** With where it was found and who noticed. */
  public RecordDamaged(String message, Throwable cause) {
    super(message, cause);
  }
}
