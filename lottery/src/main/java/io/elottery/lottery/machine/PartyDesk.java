package io.elottery.lottery.machine;

import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.PartyRecord;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Decides about the parties' steps of a sealed-share draw. */
final class PartyDesk implements PartyCommand.Cases<Decision> {
  private final ShardState state;
  private final Moment moment;

  PartyDesk(ShardState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  @Override
  public Decision commitShare(PartyCommand.CommitShare command) {
    return step(
        command.draw(),
        command.party(),
        (draw, party) -> {
          if (party.commit().isPresent()) {
            return party.commit().get().equals(command.commit())
                ? repeated(draw, party)
                : Decision.refused(
                    RefusalCode.COMMIT_DIFFERS,
                    "commit",
                    party.name() + " committed to another share of " + draw.ref() + ", for good");
          }
          return draw.phase() == DrawState.OPEN
              ? recorded(
                  draw,
                  party,
                  new LotteryEvent.ShareCommitted(
                      draw.ref(), party.name(), command.commit(), moment.stamp()))
              : wrongState(draw, "OPEN");
        });
  }

  @Override
  public Decision signClose(PartyCommand.SignClose command) {
    return step(command.draw(), command.party(), (draw, party) -> sign(draw, party, command));
  }

  private Decision sign(Draw draw, PartyRecord party, PartyCommand.SignClose command) {
    if (draw.closing().isEmpty()) {
      return wrongState(draw, "CLOSED");
    }
    var closing = draw.closing().get();
    byte[] text =
        SealedShare.closingText(draw.ref().toString(), command.size(), command.root().toBytes());
    if (!holds(party, text, command.signature())) {
      return broken(party);
    }
    if (command.size() != closing.size() || !command.root().equals(closing.root())) {
      return otherRoot(draw, party, command.size());
    }
    if (party.signature().isPresent()) {
      return repeated(draw, party);
    }
    return draw.phase() == DrawState.CLOSED
        ? recorded(
            draw,
            party,
            new LotteryEvent.CloseSigned(
                draw.ref(), party.name(), command.signature(), moment.stamp()))
        : wrongState(draw, "CLOSED");
  }

  // A party signs one root for good: its valid signature under another one can never be made good.
  private Decision otherRoot(Draw draw, PartyRecord party, long size) {
    String detail =
        "%s signed another list for %s: %d leaves, the closed one has %d, or the roots differ"
            .formatted(party.name(), draw.ref(), size, draw.closing().orElseThrow().size());
    Decision refused = Decision.refused(RefusalCode.ROOT_DIFFERS, "root", detail);
    return draw.hasEnded()
        ? refused
        : new Decision(
            List.of(new LotteryEvent.DrawDisputed(draw.ref(), detail, moment.stamp())),
            refused.reply());
  }

  @Override
  public Decision revealShare(PartyCommand.RevealShare command) {
    return step(
        command.draw(), command.party(), (draw, party) -> reveal(draw, party, command.share()));
  }

  private Decision reveal(Draw draw, PartyRecord party, Octets share) {
    if (party.share().isPresent() && party.share().get().equals(share)) {
      return repeated(draw, party);
    }
    if (draw.phase() == DrawState.OPEN || draw.phase() == DrawState.CLOSED) {
      return Decision.refused(
          RefusalCode.STEP_MISSING,
          "share",
          draw.ref()
              + " is "
              + draw.state()
              + ": keep it until all signed, waiting for "
              + draw.waitingFor());
    }
    byte[] commit = SealedShare.commit(draw.ref().toString(), party.name().text(), share.toBytes());
    if (!party.commit().map(Octets.wrap(commit)::equals).orElse(false)) {
      return Decision.refused(
          RefusalCode.SHARE_DIFFERS,
          "share",
          "it is not the one " + party.name() + " committed to in " + draw.ref());
    }
    if (draw.phase() != DrawState.REVEALING) {
      return wrongState(draw, "REVEALING");
    }
    List<LotteryEvent> events = new ArrayList<>();
    events.add(new LotteryEvent.ShareRevealed(draw.ref(), party.name(), share, moment.stamp()));
    if (draw.waitingFor().equals(List.of(party.name()))) {
      events.add(new LotteryEvent.NumbersDrawn(draw.ref(), moment.stamp()));
    }
    return new Decision(events, () -> step(draw, party, false));
  }

  @Override
  public Decision certifyDraw(PartyCommand.CertifyDraw command) {
    return step(command.draw(), command.party(), (draw, party) -> certify(draw, party, command));
  }

  private Decision certify(Draw draw, PartyRecord party, PartyCommand.CertifyDraw command) {
    if (!party.name().isAuditor()) {
      return Decision.refused(
          RefusalCode.NOT_ALLOWED, "party", party.name() + ": expected an AUDITOR to certify");
    }
    if (draw.phase() == DrawState.CERTIFIED) {
      boolean same =
          draw.certified()
              .filter(word -> word.by().equals(party.name()) && word.at().equals(command.at()))
              .isPresent();
      return same ? repeated(draw, party) : wrongState(draw, "DRAWN");
    }
    if (draw.phase() != DrawState.DRAWN) {
      return wrongState(draw, "DRAWN");
    }
    Certificate certificate =
        new Certificate(party.name().text(), command.at(), command.signature().toBytes());
    byte[] text = Views.bundle(draw, BundleStatus.CERTIFIED, certificate).certifyText();
    return holds(party, text, command.signature())
        ? recorded(
            draw,
            party,
            new LotteryEvent.DrawCertified(
                draw.ref(), party.name(), command.at(), command.signature(), moment.stamp()))
        : broken(party);
  }

  @Override
  public Decision disputeDraw(PartyCommand.DisputeDraw command) {
    return step(command.draw(), command.party(), (draw, party) -> dispute(draw, party, command));
  }

  private Decision dispute(Draw draw, PartyRecord party, PartyCommand.DisputeDraw command) {
    String reason = party.name() + ": " + command.reason();
    if (draw.phase() == DrawState.DISPUTED && draw.reason().equals(reason)) {
      return repeated(draw, party);
    }
    if (command.reason().isBlank() || command.reason().length() > 500) {
      return Decision.refused(RefusalCode.INVALID, "reason", "expected 1 … 500 characters");
    }
    if (draw.phase() == DrawState.OPEN || draw.hasEnded()) {
      return wrongState(draw, "CLOSED, REVEALING or DRAWN");
    }
    byte[] text = SealedShare.disputeText(draw.ref().toString(), command.reason());
    return holds(party, text, command.signature())
        ? recorded(draw, party, new LotteryEvent.DrawDisputed(draw.ref(), reason, moment.stamp()))
        : broken(party);
  }

  private Decision step(DrawRef ref, PartyName name, BiFunction<Draw, PartyRecord, Decision> then) {
    Optional<Draw> draw = state.draw(ref);
    if (draw.isEmpty()) {
      return Decision.refused(RefusalCode.UNKNOWN_DRAW, "draw", ref + ": no such draw");
    }
    return draw.get()
        .party(name)
        .map(party -> then.apply(draw.get(), party))
        .orElseGet(
            () ->
                Decision.refused(
                    RefusalCode.UNKNOWN_PARTY, "party", ref + " has no party " + name));
  }

  private static boolean holds(PartyRecord party, byte[] text, Octets signature) {
    return PartySignature.holds(party.key().publicKey().toBytes(), text, signature.toBytes());
  }

  private static Decision broken(PartyRecord party) {
    return Decision.refused(
        RefusalCode.SIGNATURE_BROKEN,
        "signature",
        "it does not hold under the key of " + party.name() + " recorded at opening");
  }

  private static Decision wrongState(Draw draw, String expected) {
    return Decision.refused(
        RefusalCode.WRONG_STATE,
        "state",
        draw.ref() + " is " + draw.state() + ": expected " + expected);
  }

  private static Decision recorded(Draw draw, PartyRecord party, LotteryEvent event) {
    return Decision.of(event, () -> step(draw, party, false));
  }

  private static Decision repeated(Draw draw, PartyRecord party) {
    return Decision.known(step(draw, party, true));
  }

  private static LotteryReply step(Draw draw, PartyRecord party, boolean repeated) {
    return new LotteryReply.StepRecorded(draw.ref(), party.name(), draw.state(), repeated);
  }
}
