/**
 * Answer voting: several replicas' answers to one question, compared. Entry type: {@link
 * io.elottery.ledger.vote.AnswerVoting}, on its mailroom's loop.
 */
@NullMarked
package io.elottery.ledger.vote;

import org.jspecify.annotations.NullMarked;
