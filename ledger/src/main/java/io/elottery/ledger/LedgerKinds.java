package io.elottery.ledger;

/** The kinds of envelopes this module owns: module byte 02. See {@code docs/formats/ledger.md}. */
public final class LedgerKinds {
  /** The module byte of all kinds here. */
  public static final int MODULE = 0x02;

  /** A call: a command for an actor. */
  public static final int COMMAND = 0x0201;

  /** Its answer: the reply, from the log entry at a position. */
  public static final int ANSWER = 0x0202;

  /** Another answer: not the writer; who it may be. */
  public static final int REDIRECT = 0x0203;

  /** A call: a query for an actor. */
  public static final int QUERY = 0x0204;

  /** Another answer: too much waits; nothing was done. */
  public static final int BUSY = 0x0205;

  /** Another answer: proposed, but whether it will be committed is not known. */
  public static final int UNKNOWN = 0x0206;

  /** Another answer, from a relay: no writer could be reached; nothing was done. */
  public static final int UNAVAILABLE = 0x0207;

  /** A call: a query that goes into the log, so that every replica answers it at one position. */
  public static final int QUESTION = 0x0208;

  /** A call: what the replica asked answered to a question. */
  public static final int TESTIFY = 0x0209;

  /** Its answer, signed by the replica's server. */
  public static final int TESTIMONY = 0x020A;

  /** One way, gateway to mains: copies answered otherwise than most, or not. */
  public static final int VOTE_REPORT = 0x020B;

  /** Another answer: the writer's disk has no room for it; nothing was done. */
  public static final int FULL = 0x020F;

  /** One way, on replica links: a Raft message. */
  public static final int RAFT = 0x0210;

  /** One way, on replica links, to the writer: shard, number, 0: write something without effect. */
  public static final int CANARY = 0x0211;

  /** One way, back: shard, number, the position it was written at. */
  public static final int CANARY_BACK = 0x0212;

  /** One way, on replica links: how far the sender's store has come; shared shards. */
  public static final int STORE = 0x0213;

  /** One way, back: the receiver's store is not the one that is known, or went back. */
  public static final int STORE_REFUSED = 0x0214;

  /** One way, on replica links: what the sender's history hashes to, signed. */
  public static final int HEAD = 0x0217;

  /** One way, on replica links: a head that a majority signed, to one that may not know it. */
  public static final int HEAD_KNOWN = 0x0218;

  /** A call: the countersigned heads of a shard after a position. */
  public static final int HEADS = 0x0219;

  /** Its answer. */
  public static final int HEADS_FOUND = 0x021A;

  /** One way, auditor to mains: a shard's history is not the one that was signed before. */
  public static final int HEAD_ALARM = 0x021B;

  private LedgerKinds() {}
}
