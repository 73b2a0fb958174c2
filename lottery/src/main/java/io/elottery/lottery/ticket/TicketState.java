package io.elottery.lottery.ticket;

/** What a sealed ticket has come to. */
public enum TicketState {
  /** In its draw, which is not certified yet. */
  SEALED,
  /** Given back by its player before closing; the stake was returned. */
  CANCELLED,
  /** At least one line won; the prize was credited. */
  WON,
  /** No line won. */
  LOST,
  /** Its draw was cancelled or voided; the stake was returned. */
  RETURNED,
  /** In another branch's draw, which was asked to let it go and has not answered. */
  CANCELLING
}
