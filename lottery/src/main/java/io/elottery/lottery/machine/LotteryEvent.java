package io.elottery.lottery.machine;

import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.register.Opening;
import io.elottery.lottery.register.RuleBook;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.session.Session;
import java.time.Instant;
import java.util.List;

/** Something that happened. Applying it never fails; times are milliseconds since 1970. */
sealed interface LotteryEvent
    permits ForeignEvent,
        LotteryEvent.Registered,
        LotteryEvent.SignedIn,
        LotteryEvent.SignedOut,
        LotteryEvent.GameDefined,
        LotteryEvent.ResultsAdded,
        LotteryEvent.PartiesPublished,
        LotteryEvent.DrawOpened,
        LotteryEvent.DrawChanged,
        LotteryEvent.DrawClosed,
        LotteryEvent.DrawVoided,
        LotteryEvent.DrawStalled,
        LotteryEvent.TicketSealed,
        LotteryEvent.TicketCancelled,
        LotteryEvent.ShareCommitted,
        LotteryEvent.CloseSigned,
        LotteryEvent.ShareRevealed,
        LotteryEvent.NumbersDrawn,
        LotteryEvent.DrawCertified,
        LotteryEvent.DrawDisputed,
        LotteryEvent.EndedForgotten {
  /** What to do for each. */
  interface Cases {
    void registered(Registered event);

    void signedIn(SignedIn event);

    void signedOut(SignedOut event);

    void gameDefined(GameDefined event);

    void resultsAdded(ResultsAdded event);

    void partiesPublished(PartiesPublished event);

    void drawOpened(DrawOpened event);

    void drawChanged(DrawChanged event);

    void drawClosed(DrawClosed event);

    void drawVoided(DrawVoided event);

    void drawStalled(DrawStalled event);

    void ticketSealed(TicketSealed event);

    void ticketCancelled(TicketCancelled event);

    void shareCommitted(ShareCommitted event);

    void closeSigned(CloseSigned event);

    void shareRevealed(ShareRevealed event);

    void numbersDrawn(NumbersDrawn event);

    void drawCertified(DrawCertified event);

    void drawDisputed(DrawDisputed event);

    void foreign(ForeignEvent event);

    void endedForgotten(EndedForgotten event);
  }

  /** Calls the case that this is. */
  void match(Cases cases);

  /** The actor it happened to. */
  String actorKey();

  record Registered(
      PlayerId player, String name, PasswordHash password, RequestKey key, Money credit)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.registered(this);
    }
  }

  record SignedIn(PlayerId player, Session session, long at) implements LotteryEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.signedIn(this);
    }
  }

  record SignedOut(PlayerId player, Octets tokenHash) implements LotteryEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.signedOut(this);
    }
  }

  record GameDefined(GameName game, RuleBook book, String columns, int version)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public void match(Cases cases) {
      cases.gameDefined(this);
    }
  }

  record ResultsAdded(GameName game, List<PastResult> results) implements LotteryEvent {
    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public void match(Cases cases) {
      cases.resultsAdded(this);
    }
  }

  record PartiesPublished(String parties, int version) implements LotteryEvent {
    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public void match(Cases cases) {
      cases.partiesPublished(this);
    }
  }

  record DrawOpened(
      Opening opening, RuleBook book, List<PartyKey> parties, int capacity, long closesAt)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return opening.draw().actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawOpened(this);
    }
  }

  record DrawChanged(DrawRef draw, int capacity, long closesAt) implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawChanged(this);
    }
  }

  /** The position is that of the command before which it closed: every ticket's is smaller. */
  record DrawClosed(DrawRef draw, long at, long position) implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawClosed(this);
    }
  }

  record DrawVoided(DrawRef draw, long at, String reason) implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawVoided(this);
    }
  }

  record DrawStalled(DrawRef draw) implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawStalled(this);
    }
  }

  record TicketSealed(Ticket ticket) implements LotteryEvent {
    @Override
    public String actorKey() {
      return ticket.player().actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.ticketSealed(this);
    }
  }

  record TicketCancelled(PlayerId player, TicketId ticket) implements LotteryEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.ticketCancelled(this);
    }
  }

  record ShareCommitted(DrawRef draw, PartyName party, Octets commit, long at)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.shareCommitted(this);
    }
  }

  record CloseSigned(DrawRef draw, PartyName party, Octets signature, long at)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.closeSigned(this);
    }
  }

  record ShareRevealed(DrawRef draw, PartyName party, Octets share, long at)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.shareRevealed(this);
    }
  }

  /** The last share is there: seed, numbers and winners follow from the record. */
  record NumbersDrawn(DrawRef draw, long at) implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.numbersDrawn(this);
    }
  }

  record DrawCertified(DrawRef draw, PartyName by, Instant signedAt, Octets signature, long at)
      implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawCertified(this);
    }
  }

  record DrawDisputed(DrawRef draw, String reason, long at) implements LotteryEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawDisputed(this);
    }
  }

  /**
   * These draws are gone, wagers abroad whose draws ended, or that ended, before then, and what
   * players' diaries say of the time before.
   */
  record EndedForgotten(List<DrawRef> draws, long endedBefore) implements LotteryEvent {
    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public void match(Cases cases) {
      cases.endedForgotten(this);
    }
  }
}
