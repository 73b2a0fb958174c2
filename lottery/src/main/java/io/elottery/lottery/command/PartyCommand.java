package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import java.time.Instant;

/** The steps of the parties of a sealed-share draw (SEALED_SHARE_DRAW, profile v1). */
public sealed interface PartyCommand extends LotteryCommand {
  /** What to do for each. */
  interface Cases<R> {
    /** CommitShare. */
    R commitShare(CommitShare command);

    /** SignClose. */
    R signClose(SignClose command);

    /** RevealShare. */
    R revealShare(RevealShare command);

    /** CertifyDraw. */
    R certifyDraw(CertifyDraw command);

    /** DisputeDraw. */
    R disputeDraw(DisputeDraw command);
  }

  /** Whose step it is. */
  PartyName party();

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(LotteryCommand.Cases<R> cases) {
    return cases.party(this);
  }

  /**
   * Step 1: one commitment per party, for good.
   *
   * @param commit 32 bytes
   */
  record CommitShare(DrawRef draw, PartyName party, Octets commit) implements PartyCommand {
    static final int TAG = 40;

    /** Checks and copies. */
    public CommitShare {
      commit.ofSize(32, "commit");
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
      Fields.party(out, party);
      out.raw(commit.toBytes());
    }

    static CommitShare read(WireReader in) throws MalformedMessage {
      return new CommitShare(Fields.draw(in), Fields.party(in), Fields.octets(in, 32));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.commitShare(this);
    }
  }

  /**
   * Step 3: the party's signature over the closing text of what it computed itself. One root per
   * party, for good.
   *
   * @param size leaves
   * @param root 32 bytes
   * @param signature Ed25519, 64 bytes
   */
  record SignClose(DrawRef draw, PartyName party, long size, Octets root, Octets signature)
      implements PartyCommand {
    static final int TAG = 41;

    /** Checks and copies. */
    public SignClose {
      if (size < 0) {
        throw new IllegalArgumentException("size " + size + ": expected 0 or more");
      }
      root.ofSize(32, "root");
      signature.ofSize(64, "signature");
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
      Fields.party(out, party);
      out.varint(size);
      out.raw(root.toBytes());
      out.raw(signature.toBytes());
    }

    static SignClose read(WireReader in) throws MalformedMessage {
      return new SignClose(
          Fields.draw(in),
          Fields.party(in),
          in.varint(),
          Fields.octets(in, 32),
          Fields.octets(in, 64));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signClose(this);
    }
  }

  /**
   * Step 4: the share behind the commitment, once every party signed.
   *
   * @param share 32 bytes
   */
  record RevealShare(DrawRef draw, PartyName party, Octets share) implements PartyCommand {
    static final int TAG = 42;

    /** Checks and copies. */
    public RevealShare {
      share.ofSize(32, "share");
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
      Fields.party(out, party);
      out.raw(share.toBytes());
    }

    static RevealShare read(WireReader in) throws MalformedMessage {
      return new RevealShare(Fields.draw(in), Fields.party(in), Fields.octets(in, 32));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.revealShare(this);
    }
  }

  /**
   * Step 6: the auditor counted the same; its signature over the certify text of the bundle.
   *
   * @param at whole milliseconds; as in the signed bundle
   * @param signature Ed25519, 64 bytes
   */
  record CertifyDraw(DrawRef draw, PartyName party, Instant at, Octets signature)
      implements PartyCommand {
    static final int TAG = 43;

    /** Checks and copies. */
    public CertifyDraw {
      signature.ofSize(64, "signature");
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
      Fields.party(out, party);
      Fields.instant(out, at);
      out.raw(signature.toBytes());
    }

    static CertifyDraw read(WireReader in) throws MalformedMessage {
      return new CertifyDraw(
          Fields.draw(in), Fields.party(in), Fields.instant(in), Fields.octets(in, 64));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.certifyDraw(this);
    }
  }

  /**
   * Step 6: the auditor counted otherwise; nothing is paid.
   *
   * @param reason what differs; published
   * @param signature Ed25519, 64 bytes, over the dispute text: {@code "elottery/dispute/v1\n" ‖
   *     draw ‖ "\n" ‖ reason ‖ "\n"}
   */
  record DisputeDraw(DrawRef draw, PartyName party, String reason, Octets signature)
      implements PartyCommand {
    static final int TAG = 44;

    /** Checks and copies. */
    public DisputeDraw {
      signature.ofSize(64, "signature");
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
      Fields.party(out, party);
      out.text(reason);
      out.raw(signature.toBytes());
    }

    static DisputeDraw read(WireReader in) throws MalformedMessage {
      return new DisputeDraw(Fields.draw(in), Fields.party(in), in.text(), Fields.octets(in, 64));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.disputeDraw(this);
    }
  }
}
