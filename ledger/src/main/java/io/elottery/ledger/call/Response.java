package io.elottery.ledger.call;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.Optional;

/** What a worker, or a relay, answers to a {@link CommandCall}. */
public sealed interface Response {
  /**
   * The actor's reply: committed and flushed on a majority, or read at a position.
   *
   * @param body the reply's own bytes, not copied
   */
  record Answer(ShardId shard, LogPosition position, byte[] body) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.answer(this);
    }

    @Override
    public Envelope envelope() {
      byte[] bytes =
          new WireWriter(body.length + 16)
              .u16(shard.number())
              .i64(position.index())
              .raw(body)
              .toBytes();
      return new Envelope(LedgerKinds.ANSWER, VERSION, bytes);
    }
  }

  /** Nothing was done here: the writer is, as far as known, somebody else. */
  record Redirect(Optional<NodeId> writer) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.redirect(this);
    }

    @Override
    public Envelope envelope() {
      byte[] bytes = new WireWriter().text(writer.map(NodeId::name).orElse("")).toBytes();
      return new Envelope(LedgerKinds.REDIRECT, VERSION, bytes);
    }
  }

  /** Nothing was done: too much waits. */
  record Busy(Duration retryAfter) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.busy(this);
    }

    @Override
    public Envelope envelope() {
      byte[] bytes = new WireWriter().varint(retryAfter.toMillis()).toBytes();
      return new Envelope(LedgerKinds.BUSY, VERSION, bytes);
    }
  }

  /** It may be done or not; asking again with the same key tells. */
  record Unknown(String why) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unknown(this);
    }

    @Override
    public Envelope envelope() {
      return new Envelope(LedgerKinds.UNKNOWN, VERSION, new WireWriter().text(why).toBytes());
    }
  }

  /** Nothing was done: no writer could be reached. */
  record Unavailable(String why) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unavailable(this);
    }

    @Override
    public Envelope envelope() {
      return new Envelope(LedgerKinds.UNAVAILABLE, VERSION, new WireWriter().text(why).toBytes());
    }
  }

  /** Nothing was done: the writer's disk has no room for what would stay there. */
  record Full(String why) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.full(this);
    }

    @Override
    public Envelope envelope() {
      return new Envelope(LedgerKinds.FULL, VERSION, new WireWriter().text(why).toBytes());
    }
  }

  /** The version of all six envelopes. */
  int VERSION = 1;

  /** As an envelope. */
  Envelope envelope();

  /** Answers each case. */
  <R> R match(Cases<R> cases);

  /** One method for each case. */
  interface Cases<R> {
    /** {@link Answer}. */
    R answer(Answer answer);

    /** {@link Redirect}. */
    R redirect(Redirect redirect);

    /** {@link Busy}. */
    R busy(Busy busy);

    /** {@link Unknown}. */
    R unknown(Unknown unknown);

    /** {@link Unavailable}. */
    R unavailable(Unavailable unavailable);

    /** {@link Full}. */
    R full(Full full);
  }

  /** Reads any of the six. */
  static Response of(Envelope envelope) throws MalformedMessage {
    Versions.check(envelope, VERSION);
    WireReader in = new WireReader(envelope.body());
    try {
      return switch (envelope.kind()) {
        case LedgerKinds.ANSWER ->
            new Answer(new ShardId(in.u16()), new LogPosition(in.i64()), in.rest());
        case LedgerKinds.REDIRECT -> redirect(in);
        case LedgerKinds.BUSY -> new Busy(Duration.ofMillis(in.varint()));
        case LedgerKinds.UNKNOWN -> new Unknown(in.text());
        case LedgerKinds.UNAVAILABLE -> new Unavailable(in.text());
        case LedgerKinds.FULL -> new Full(in.text());
        default -> throw new MalformedMessage(envelope + " answers no command");
      };
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private static Redirect redirect(WireReader in) throws MalformedMessage {
    String name = in.text();
    return new Redirect(name.isEmpty() ? Optional.empty() : Optional.of(NodeId.of(name)));
  }
}
