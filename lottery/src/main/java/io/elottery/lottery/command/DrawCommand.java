package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.RequestKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What operators and schedules do with draws. */
public sealed interface DrawCommand extends LotteryCommand {
  /** What to do for each. */
  interface Cases<R> {
    /** OpenDraw. */
    R openDraw(OpenDraw command);

    /** ChangeDraw. */
    R changeDraw(ChangeDraw command);

    /** CancelDraw. */
    R cancelDraw(CancelDraw command);

    /** CloseDraw. */
    R closeDraw(CloseDraw command);

    /** VoidDraw. */
    R voidDraw(VoidDraw command);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(LotteryCommand.Cases<R> cases) {
    return cases.draw(this);
  }

  /**
   * Opens a draw; it sells once every party has committed. The same key again gives the same draw.
   *
   * @param rules canonical JSON, as the catalog holds it
   * @param id the id wanted
   * @param nextFree take the next free number of the slot when the id is taken
   * @param capacity the most tickets, 1 or more
   * @param parties LEFT, RIGHT and at least one AUDITOR
   * @param build hash of the shipped jars; 32 bytes
   */
  record OpenDraw(
      Requester by,
      GameName game,
      String rules,
      DrawId id,
      boolean nextFree,
      int capacity,
      SaleEnd saleEnd,
      List<PartyKey> parties,
      Octets build,
      RequestKey key)
      implements DrawCommand {
    static final int TAG = 20;

    /** Checks and copies. */
    public OpenDraw {
      if (capacity < 0) {
        throw new IllegalArgumentException("capacity " + capacity + ": expected 0 or more");
      }
      parties = List.copyOf(parties);
      build.ofSize(32, "build");
    }

    @Override
    public String actorKey() {
      return id.branch().actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      by.write(out);
      Fields.game(out, game);
      out.text(rules);
      Fields.drawId(out, id);
      out.bool(nextFree);
      out.varint(capacity);
      saleEnd.write(out);
      Fields.list(out, parties, (to, party) -> party.write(to));
      out.raw(build.toBytes());
      Fields.key(out, key);
    }

    static OpenDraw read(WireReader in) throws MalformedMessage {
      return new OpenDraw(
          Requester.read(in),
          Fields.game(in),
          in.text(),
          Fields.drawId(in),
          in.bool(),
          in.count(Integer.MAX_VALUE),
          SaleEnd.read(in),
          Fields.list(in, 16, PartyKey::read),
          Fields.octets(in, 32),
          Fields.key(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.openDraw(this);
    }
  }

  /**
   * Changes what is given, while the draw is open.
   *
   * @param capacity not below what is sold
   * @param closesAt in the future
   */
  record ChangeDraw(
      Requester by, DrawRef draw, Optional<Integer> capacity, Optional<Instant> closesAt)
      implements DrawCommand {
    static final int TAG = 21;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      by.write(out);
      Fields.draw(out, draw);
      Fields.optional(out, capacity, WireWriter::i32);
      Fields.optional(out, closesAt, Fields::instant);
    }

    static ChangeDraw read(WireReader in) throws MalformedMessage {
      return new ChangeDraw(
          Requester.read(in),
          Fields.draw(in),
          Fields.optional(in, WireReader::i32),
          Fields.optional(in, Fields::instant));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.changeDraw(this);
    }
  }

  /**
   * Ends an open draw and returns the stakes.
   *
   * @param reason published
   */
  record CancelDraw(Requester by, DrawRef draw, String reason) implements DrawCommand {
    static final int TAG = 22;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      by.write(out);
      Fields.draw(out, draw);
      out.text(reason);
    }

    static CancelDraw read(WireReader in) throws MalformedMessage {
      return new CancelDraw(Requester.read(in), Fields.draw(in), in.text());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cancelDraw(this);
    }
  }

  /** Closes an open draw now. */
  record CloseDraw(Requester by, DrawRef draw) implements DrawCommand {
    static final int TAG = 23;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      by.write(out);
      Fields.draw(out, draw);
    }

    static CloseDraw read(WireReader in) throws MalformedMessage {
      return new CloseDraw(Requester.read(in), Fields.draw(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.closeDraw(this);
    }
  }

  /**
   * Ends a stalled draw without numbers and returns the stakes: two officers decided it, and every
   * party that the draw does not wait for consents.
   *
   * @param reason published
   * @param approval hash of what the two officers approved; 32 bytes
   * @param consents of the other parties, ascending by name
   */
  record VoidDraw(DrawRef draw, String reason, Octets approval, List<VoidConsent> consents)
      implements DrawCommand {
    static final int TAG = 24;

    /** Checks and copies. */
    public VoidDraw {
      approval.ofSize(32, "approval");
      consents = List.copyOf(consents);
    }

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      out.text(reason).raw(approval.toBytes());
      Fields.list(out, consents, (to, consent) -> consent.write(to));
    }

    static VoidDraw read(WireReader in) throws MalformedMessage {
      return new VoidDraw(
          Fields.draw(in),
          in.text(),
          Fields.octets(in, 32),
          Fields.list(in, 16, VoidConsent::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.voidDraw(this);
    }
  }
}
