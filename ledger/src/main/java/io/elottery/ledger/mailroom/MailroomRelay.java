package io.elottery.ledger.mailroom;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.head.HeadsAsked;
import java.time.Duration;
import java.util.List;

/** Serves the calls of peers that reach no worker themselves, through this server's mailroom. */
public final class MailroomRelay implements CallHandler {
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Mailroom mailroom;
  private final RelayRule rule;
  private int turn;

  /**
   * @param rule who may send what, and when
   */
  public MailroomRelay(Mailroom mailroom, RelayRule rule) {
    this.mailroom = mailroom;
    this.rule = rule;
  }

  /** Serves commands and queries on the switchboard, which is the mailroom's own or on its loop. */
  public void serveOn(Switchboard switchboard) {
    switchboard
        .serve(LedgerKinds.COMMAND, this)
        .serve(LedgerKinds.QUERY, this)
        .serve(LedgerKinds.QUESTION, this)
        .serve(LedgerKinds.HEADS, this::heads);
  }

  // Each time another copy is asked: one that forgot does not hide it for long.
  private void heads(Peer from, Envelope request, Answer answer) {
    HeadsAsked asked;
    try {
      asked = HeadsAsked.of(request);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
      return;
    }
    int shard = asked.shard().number();
    List<NodeId> holders = shard < mailroom.shards() ? mailroom.holders(shard) : List.of();
    if (rule.ofHeads(from) != RelayRule.Ruling.PASS) {
      answer.refuse("NOT_ALLOWED", from + " may not ask for heads here");
    } else if (holders.isEmpty()) {
      answer.reply(new Response.Unavailable("nobody is known to hold shard " + shard).envelope());
    } else {
      NodeId holder = holders.get(Math.floorMod(turn++, holders.size()));
      mailroom
          .heads(holder, asked)
          .whenComplete(
              (heads, problem) ->
                  answer.reply(
                      problem == null
                          ? HeadsAsked.found(heads)
                          : new Response.Unavailable(holder + " does not say").envelope()));
    }
  }

  @Override
  public void handle(Peer from, Envelope request, Answer answer) {
    CommandCall call;
    try {
      call = CommandCall.of(request);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
      return;
    }
    switch (rule.of(from, call)) {
      case PASS ->
          mailroom.send(call).thenAccept(delivery -> answer.reply(response(delivery).envelope()));
      case BUSY -> answer.reply(new Response.Busy(BUSY).envelope());
      case NOT_ALLOWED ->
          answer.refuse("NOT_ALLOWED", from + " may not send this for " + call.actorKey());
    }
  }

  private static Response response(Delivery delivery) {
    return delivery.match(
        new Delivery.Cases<Response>() {
          @Override
          public Response answered(Delivery.Answered it) {
            return new Response.Answer(it.shard(), it.position(), it.body());
          }

          @Override
          public Response unknown(Delivery.Unknown it) {
            return new Response.Unknown(it.why());
          }

          @Override
          public Response unavailable(Delivery.Unavailable it) {
            return new Response.Unavailable(it.why());
          }

          @Override
          public Response busy(Delivery.Busy it) {
            return new Response.Busy(it.retryAfter());
          }

          @Override
          public Response full(Delivery.Full it) {
            return new Response.Full(it.why());
          }
        });
  }
}
