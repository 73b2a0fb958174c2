package io.elottery.foundation.transport;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger log = LoggerFactory.getLogger(Switchboard.class);
  private static final int VERSION = 1;

  private final int lane;
  private final Transport transport;
  private final Timers timers;
  private final Map<Integer, Receiver> receivers = new HashMap<>();
  private final Map<Integer, CallHandler> handlers = new HashMap<>();
  private final Map<Long, Waiting> calls = new TreeMap<>();
  private long lastCall;
  private long dropped;

  /**
   * @param lane 0 … 255, unique among the switchboards of one transport
   * @param timers those of the loop on which this switchboard is called
   */
  public Switchboard(int lane, Transport transport, Timers timers) {
    this.lane = lane;
    this.transport = transport;
    this.timers = timers;
  }

  /** Takes one-way envelopes of a kind. */
  public Switchboard on(int kind, Receiver receiver) {
    receivers.put(kind, receiver);
    return this;
  }

  /** Answers calls of a kind. */
  public Switchboard serve(int kind, CallHandler handler) {
    handlers.put(kind, handler);
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
    long id = ++lastCall;
    if (!transport.send(to, framed(REQUEST, lane, id, request))) {
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

  /** Envelopes that nobody took, or that could not be read. */
  public long dropped() {
    return dropped;
  }

  @Override
  public void received(Peer from, Envelope envelope) {
    try {
      switch (envelope.kind()) {
        case REQUEST -> request(from, new WireReader(envelope.body()));
        case RESPONSE -> response(from, new WireReader(envelope.body()));
        case REFUSAL -> refusal(from, new WireReader(envelope.body()));
        default -> oneWay(from, envelope);
      }
    } catch (MalformedMessage malformed) {
      dropped++;
      log.warn("{} from {} dropped: {}", envelope, from, malformed.getMessage());
    }
  }

  private void oneWay(Peer from, Envelope envelope) {
    Receiver receiver = receivers.get(envelope.kind());
    if (receiver == null) {
      dropped++;
      log.debug("{} from {} dropped: nobody takes it", envelope, from);
      return;
    }
    receiver.received(from, envelope);
  }

  private void request(Peer from, WireReader in) throws MalformedMessage {
    int callerLane = in.u8();
    long id = in.i64();
    Envelope inner = new Envelope(in.u16(), in.u8(), in.rest());
    Reply reply = new Reply(from.id(), callerLane, id);
    CallHandler handler = handlers.get(inner.kind());
    if (handler == null) {
      dropped++;
      reply.refuse("NOT_SERVED", String.format("nobody here answers kind %04x", inner.kind()));
      return;
    }
    handler.handle(from, inner, reply);
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
      end(id, new CallFailed(from.id(), CallFailed.Why.REFUSED, code, detail));
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

  private static Envelope framed(int frame, int lane, long id, Envelope inner) {
    byte[] body =
        new WireWriter(inner.body().length + 12)
            .u8(lane)
            .i64(id)
            .u16(inner.kind())
            .u8(inner.version())
            .raw(inner.body())
            .toBytes();
    return new Envelope(frame, VERSION, body);
  }

  private record Waiting(NodeId to, CompletableFuture<Envelope> result, Timer timer) {}

  private final class Reply implements CallHandler.Answer {
    private final NodeId to;
    private final int callerLane;
    private final long id;
    private boolean used;

    Reply(NodeId to, int callerLane, long id) {
      this.to = to;
      this.callerLane = callerLane;
      this.id = id;
    }

    @Override
    public void reply(Envelope reply) {
      send(framed(RESPONSE, callerLane, id, reply));
    }

    @Override
    public void refuse(String code, String detail) {
      byte[] body = new WireWriter().u8(callerLane).i64(id).text(code).text(detail).toBytes();
      send(new Envelope(REFUSAL, VERSION, body));
    }

    private void send(Envelope envelope) {
      if (!used) {
        used = true;
        transport.send(to, envelope);
      }
    }
  }
}
