package io.elottery.foundation.transport;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.transport.Rejections.Why;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Hands each envelope to whoever takes its kind, and turns pairs of envelopes into calls.
 *
 * <p>All on one loop. A process with two loops has a switchboard for each, told apart by their
 * lanes ({@link Lanes}). Calls under way are bounded ({@value #CALLS_MAX}); one more fails as not
 * sent. A call ends by its answer, a refusal, its time-out or the loss of the connection.
 */
public final class Switchboard implements Receiver {
  /** A call: lane, call id, kind, version, body. */
  public static final int REQUEST = 0x0001;

  /** Its answer: lane, call id, kind, version, body. */
  public static final int RESPONSE = 0x0002;

  /** Its refusal: lane, call id, code, detail. */
  public static final int REFUSAL = 0x0003;

  /** Calls that may be under way at once. */
  public static final int CALLS_MAX = 100_000;

  static final int VERSION = 1;

  private final int lane;
  private final Transport transport;
  private final Timers timers;
  private final Rejections rejections;
  private final Map<Integer, Taker> receivers = new HashMap<>();
  private final Map<Integer, Answerer> handlers = new HashMap<>();
  private final Map<Long, Waiting> calls = new LinkedHashMap<>(); // by id
  private long lastCall;
  private Consumer<Peer> listener = peer -> {};

  /**
   * @param lane 0 … 255, unique among the switchboards of one transport
   * @param timers those of the loop on which this switchboard is called
   */
  public Switchboard(int lane, Transport transport, Timers timers) {
    this.lane = lane;
    this.transport = transport;
    this.timers = timers;
    this.rejections = new Rejections("lane " + lane, timers);
  }

  /** Takes one-way envelopes of a kind, in version 1. */
  public Switchboard on(int kind, OneWay receiver) {
    return on(kind, VERSION, receiver);
  }

  /** Takes one-way envelopes of a kind in this version; those in another are dropped. */
  public Switchboard on(int kind, int version, OneWay receiver) {
    receivers.put(kind, new Taker(version, receiver));
    return this;
  }

  /** Answers calls of a kind, in version 1. */
  public Switchboard serve(int kind, CallHandler handler) {
    return serve(kind, VERSION, handler);
  }

  /** Answers calls of a kind in this version; those in another are refused. */
  public Switchboard serve(int kind, int version, CallHandler handler) {
    handlers.put(kind, new Answerer(version, handler));
    return this;
  }

  /**
   * Who is told the sender of every envelope, before anything else is done with it: also of answers
   * that come too late and of what nobody takes. One.
   */
  public Switchboard onAny(Consumer<Peer> listener) {
    this.listener = listener;
    return this;
  }

  /** Sends one way; false when certainly not sent. */
  public boolean send(NodeId to, Envelope envelope) {
    return transport.send(to, envelope);
  }

  /**
   * Asks and waits for the answer. The future completes on the loop, exceptionally with {@link
   * CallFailed}.
   */
  public CompletableFuture<Envelope> call(NodeId to, Envelope request, Duration timeout) {
    CompletableFuture<Envelope> result = new CompletableFuture<>();
    if (calls.size() >= CALLS_MAX) {
      result.completeExceptionally(failed(to, CallFailed.Why.NOT_SENT, "too many calls under way"));
      return result;
    }
    if (!Reply.fits(request)) {
      result.completeExceptionally(failed(to, CallFailed.Why.NOT_SENT, request + " is too large"));
      return result;
    }
    long id = ++lastCall;
    if (!transport.send(to, Reply.framed(REQUEST, lane, id, request))) {
      result.completeExceptionally(failed(to, CallFailed.Why.NOT_SENT, "not connected"));
      return result;
    }
    Timer timer =
        timers.after(
            timeout,
            () -> end(id, failed(to, CallFailed.Why.TIMED_OUT, "no answer in " + timeout)));
    calls.put(id, new Waiting(to, result, timer));
    return result;
  }

  /** The connection to the server is gone: calls to it end now instead of at their time-out. */
  public void disconnected(NodeId peer) {
    List<Long> lost =
        calls.entrySet().stream()
            .filter(call -> call.getValue().to.equals(peer))
            .map(Map.Entry::getKey)
            .toList();
    for (long id : lost) {
      end(id, failed(peer, CallFailed.Why.CONNECTION_LOST, "connection lost before the answer"));
    }
  }

  /** Calls that wait for their answer. */
  public int underWay() {
    return calls.size();
  }

  /** What was not taken: nobody takes it, it could not be read, its sender may not send it. */
  public Rejections rejections() {
    return rejections;
  }

  /** All that was not taken. Any thread. */
  public long dropped() {
    return rejections.count();
  }

  @Override
  public void received(Peer from, Envelope envelope) {
    listener.accept(from);
    try {
      switch (envelope.kind()) {
        case REQUEST -> request(from, frame(envelope));
        case RESPONSE -> response(from, frame(envelope));
        case REFUSAL -> refusal(from, frame(envelope));
        default -> oneWay(from, envelope);
      }
    } catch (MalformedMessage malformed) {
      rejections.add(Why.MALFORMED, from, envelope + " dropped: " + malformed.getMessage());
    }
  }

  private static WireReader frame(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != VERSION) {
      throw new MalformedMessage("calls of version " + envelope.version() + " are not known");
    }
    return new WireReader(envelope.body());
  }

  private void oneWay(Peer from, Envelope envelope) throws MalformedMessage {
    Taker taker = receivers.get(envelope.kind());
    if (taker == null) {
      rejections.add(Why.UNKNOWN_KIND, from, envelope + " dropped: nobody takes it");
    } else if (taker.version != envelope.version()) {
      rejections.add(Why.WRONG_VERSION, from, envelope + " dropped: expected " + taker.version);
    } else {
      taker.receiver.received(from, envelope);
    }
  }

  private void request(Peer from, WireReader in) throws MalformedMessage {
    int callerLane = in.u8();
    long id = in.i64();
    Envelope inner = new Envelope(in.u16(), in.u8(), in.rest());
    Reply reply = new Reply(transport, rejections, from, callerLane, id);
    Answerer answerer = handlers.get(inner.kind());
    if (answerer == null) {
      rejections.add(Why.UNKNOWN_KIND, from, inner + " refused: nobody answers it");
      reply.refuseOnly("NOT_SERVED", String.format("nobody here answers kind %04x", inner.kind()));
    } else if (answerer.version != inner.version()) {
      rejections.add(Why.WRONG_VERSION, from, inner + " refused: expected " + answerer.version);
      reply.refuseOnly(
          "WRONG_VERSION",
          String.format(
              "kind %04x is answered in version %d, not %d",
              inner.kind(), answerer.version, inner.version()));
    } else {
      answerer.handler.handle(from, inner, reply);
    }
  }

  private void response(Peer from, WireReader in) throws MalformedMessage {
    in.u8();
    long id = in.i64();
    Envelope inner = new Envelope(in.u16(), in.u8(), in.rest());
    Waiting call = calls.get(id);
    if (call != null && call.to.equals(from.id())) {
      calls.remove(id);
      call.timer.cancel();
      call.result.complete(inner);
    } else {
      rejections.addQuietly(Why.STALE);
    }
  }

  private void refusal(Peer from, WireReader in) throws MalformedMessage {
    in.u8();
    long id = in.i64();
    String code = in.text();
    String detail = in.text();
    in.done();
    Waiting call = calls.get(id);
    if (call != null && call.to.equals(from.id())) {
      end(
          id,
          new CallFailed(
              from.id(),
              CallFailed.Why.REFUSED,
              MalformedMessage.harmless(code, Reply.CODE_MAX),
              MalformedMessage.harmless(detail, Reply.DETAIL_MAX)));
    } else {
      rejections.addQuietly(Why.STALE);
    }
  }

  private void end(long id, CallFailed why) {
    Waiting call = calls.remove(id);
    if (call != null) {
      call.timer.cancel();
      call.result.completeExceptionally(why);
    }
  }

  private static CallFailed failed(NodeId to, CallFailed.Why why, String detail) {
    return new CallFailed(to, why, why.name(), detail);
  }

  private record Waiting(NodeId to, CompletableFuture<Envelope> result, Timer timer) {}

  private record Taker(int version, OneWay receiver) {}

  private record Answerer(int version, CallHandler handler) {}
}
