package io.elottery.foundation.transport;

import io.elottery.foundation.id.NodeId;

/** A call that brought no answer. Only {@link Why#REFUSED} and {@link Why#NOT_SENT} are certain. */
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is known. */
  public enum Why {
    /** Never left this server: nothing was done. */
    NOT_SENT,
    /** The connection closed before the answer: done or not, nobody knows. */
    CONNECTION_LOST,
    /** No answer in time: done or not, nobody knows. */
    TIMED_OUT,
    /** The other end refused: nothing was done. */
    REFUSED
  }

  private final Why why;
  private final String code;

  CallFailed(NodeId to, Why why, String code, String detail) {
    // A usual outcome, made by the thousand while packets are lost: nobody reads where.
    super(to + ": " + detail, null, false, false);
    this.why = why;
    this.code = code;
  }

  /** What is known. */
  public Why why() {
    return why;
  }

  /** The refusal's code; the name of {@link #why()} for the others. */
  public String code() {
    return code;
  }
}
