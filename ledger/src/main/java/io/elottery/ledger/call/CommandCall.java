package io.elottery.ledger.call;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import java.time.Duration;

/**
 * A command, query or question on its way to an actor's writer.
 *
 * @param kind {@link LedgerKinds#COMMAND}, {@link LedgerKinds#QUERY} or {@link
 *     LedgerKinds#QUESTION}
 * @param actorKey which actor, at most 200 characters
 * @param patience how long the caller waits for the answer; after that nobody reads it
 * @param body the command's or query's own bytes, not copied; a question's as {@link Question}
 */
public record CommandCall(int kind, String actorKey, Duration patience, byte[] body) {
  private static final int VERSION = 1;
  private static final int KEY_MAX = 200;

  /** Checks kind and key. */
  public CommandCall {
    if (kind != LedgerKinds.COMMAND && kind != LedgerKinds.QUERY && kind != LedgerKinds.QUESTION) {
      throw new IllegalArgumentException(
          "kind " + kind + ": expected a command, a query or a question");
    }
    if (actorKey.isEmpty() || actorKey.length() > KEY_MAX) {
      throw new IllegalArgumentException("actor key: expected 1 … " + KEY_MAX + " characters");
    }
  }

  /** A command. */
  public static CommandCall command(String actorKey, Duration patience, byte[] body) {
    return new CommandCall(LedgerKinds.COMMAND, actorKey, patience, body);
  }

  /** A query. */
  public static CommandCall query(String actorKey, Duration patience, byte[] body) {
    return new CommandCall(LedgerKinds.QUERY, actorKey, patience, body);
  }

  /** A query that every replica answers at one position. */
  public static CommandCall question(String actorKey, Duration patience, Question question) {
    return new CommandCall(LedgerKinds.QUESTION, actorKey, patience, question.encode());
  }

  /** Whether it may change something. */
  public boolean isCommand() {
    return kind == LedgerKinds.COMMAND;
  }

  /** As an envelope. */
  public Envelope envelope() {
    byte[] bytes =
        new WireWriter(body.length + actorKey.length() + 8)
            .text(actorKey)
            .varint(Math.max(0, patience.toMillis()))
            .raw(body)
            .toBytes();
    return new Envelope(kind, VERSION, bytes);
  }

  /** Reads {@link #envelope()}. */
  public static CommandCall of(Envelope envelope) throws MalformedMessage {
    Versions.check(envelope, VERSION);
    WireReader in = new WireReader(envelope.body());
    String key = in.text();
    Duration patience = Duration.ofMillis(in.varint());
    try {
      return new CommandCall(envelope.kind(), key, patience, in.rest());
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
