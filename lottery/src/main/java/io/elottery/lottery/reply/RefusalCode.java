package io.elottery.lottery.reply;

/** Why something was refused. The order is part of the wire format: new codes go last. */
public enum RefusalCode {
  /** Bytes that are no command or query of this version. */
  MALFORMED,
  /** No session with this token. */
  NOT_SIGNED_IN,
  /** The session is over. */
  SESSION_EXPIRED,
  /** Only operators may, or only customers. */
  NOT_ALLOWED,
  /** The draw belongs to another branch than the player. */
  OTHER_BRANCH,
  /** Somebody has this name in the branch. */
  NAME_TAKEN,
  /** Not a name, an amount, a time or a number that is possible. */
  INVALID,
  /** The same key was used with another body. */
  KEY_REUSED,
  /** Nobody has this id or name. */
  UNKNOWN_PLAYER,
  /** There is no such game. */
  UNKNOWN_GAME,
  /** There is no such draw. */
  UNKNOWN_DRAW,
  /** There is no such ticket of this player. */
  UNKNOWN_TICKET,
  /** The draw has no such party. */
  UNKNOWN_PARTY,
  /** The id is taken by another draw. */
  DRAW_EXISTS,
  /** Not on sale yet: a party has not committed. */
  NOT_ON_SALE,
  /** The draw is closed. */
  DRAW_CLOSED,
  /** The draw's capacity is sold. */
  DRAW_FULL,
  /** The draw is not in the state that this needs. */
  WRONG_STATE,
  /** The game does not allow the line. */
  LINE_INVALID,
  /** No line, or too many. */
  LINES_COUNT,
  /** The balance is too small. */
  BALANCE_TOO_SMALL,
  /** The balance is in another currency than the game. */
  OTHER_CURRENCY,
  /** The party committed to something else before. */
  COMMIT_DIFFERS,
  /** The party signed, or wants to sign, another list than the one that was closed. */
  ROOT_DIFFERS,
  /** The signature does not hold. */
  SIGNATURE_BROKEN,
  /** The share is not the one committed to. */
  SHARE_DIFFERS,
  /** Not every party has taken the step before. */
  STEP_MISSING,
  /** An imported row contradicts one that is there. */
  RESULT_DIFFERS,
  /** There is nothing to show yet. */
  NOT_YET,
  /** A bound is reached. */
  LIMIT,
  /** The draw's price is another than what was reserved for it. */
  PRICE_DIFFERS,
  /** The wager was given back before its draw closed. */
  WITHDRAWN
}
