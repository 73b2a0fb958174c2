package io.elottery.keyvault.records;

/** Bytes that no main of this network wrote under this name. */
public final class RecordForged extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what does not hold. */
  public RecordForged(String message) {
    super(message);
  }
}
