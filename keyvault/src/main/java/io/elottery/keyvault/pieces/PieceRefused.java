package io.elottery.keyvault.pieces;

/** A piece that is not taken. Holds nothing of the piece. */
public final class PieceRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, for programs. */
  public enum Why {
    /** The text is not a piece, or its check says that it was mistyped. */
    MISTYPED,
    /** Of another generation than the vault's. */
    OTHER_GENERATION,
    /** Its commitment is not the one in the vault's header. */
    WRONG,
    /** This number was given already. */
    GIVEN_BEFORE,
    /** This person gave another piece of the same compartment. */
    SAME_PERSON,
    /** This person belongs to the other half's set. */
    OTHER_SET,
    /** The compartment is open. */
    OPEN,
    /** The compartment opens by a passphrase, not by pieces. */
    NO_PIECES
  }

  private final Why why;

  /** With words that say what to do. */
  public PieceRefused(Why why, String words) {
    super(words);
    this.why = why;
  }

  /** Why, for programs. */
  public Why why() {
    return why;
  }
}
