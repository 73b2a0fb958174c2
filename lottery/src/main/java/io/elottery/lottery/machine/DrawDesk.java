package io.elottery.lottery.machine;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Opening;
import io.elottery.lottery.register.PartyRecord;
import io.elottery.lottery.register.RuleBook;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.rules.Prize;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.Tier;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;
import io.elottery.lottery.ticket.Wager;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Decides about opening, changing, cancelling and closing draws. */
final class DrawDesk implements DrawCommand.Cases<Decision> {
  /** The most tickets of one draw. */
  static final int CAPACITY_MAX = 10_000_000;

  private static final int NUMBER_MAX = 999_999; // of draws in one slot

  private final ShardState state;
  private final RuleBooks books;
  private final Moment moment;

  DrawDesk(ShardState state, RuleBooks books, Moment moment) {
    this.state = state;
    this.books = books;
    this.moment = moment;
  }

  @Override
  public Decision openDraw(DrawCommand.OpenDraw command) {
    Optional<Refusal> notAllowed =
        SignInCheck.problem(state, command.by(), command.id().branch(), moment);
    if (notAllowed.isPresent()) {
      return Decision.refused(notAllowed.get());
    }
    Octets body = body(command);
    Optional<Draw> repeated =
        state.branch(command.id().branch()).flatMap(there -> there.openedBy(command.key()));
    if (repeated.isPresent()) {
      return repeated.get().opening().body().equals(body)
          ? Decision.known(accepted(repeated.get(), true))
          : Decision.refused(
              RefusalCode.KEY_REUSED, "key", "the key was used for another draw: take a new key");
    }
    return fresh(command, body);
  }

  // Who asks may sign in anew between two attempts; everything else is the request's body.
  private static Octets body(DrawCommand.OpenDraw command) {
    DrawCommand.OpenDraw anybody =
        new DrawCommand.OpenDraw(
            Requester.tool(""),
            command.game(),
            command.rules(),
            command.id(),
            command.nextFree(),
            command.capacity(),
            command.saleEnd(),
            command.parties(),
            command.build(),
            command.key());
    return Octets.wrap(Sha256.of(anybody.encode()));
  }

  private Decision fresh(DrawCommand.OpenDraw command, Octets body) {
    RuleBook book;
    try {
      book = books.read(command.rules());
    } catch (JsonRefused refused) {
      return Decision.refused(RefusalCode.INVALID, "rules", String.valueOf(refused.getMessage()));
    }
    if (!book.rules().name().equals(command.game().text())) {
      return Decision.refused(
          RefusalCode.INVALID,
          "rules",
          "they are of " + book.rules().name() + ": expected " + command.game());
    }
    Optional<Refusal> parties = partiesProblem(command.parties());
    if (parties.isPresent()) {
      return Decision.refused(parties.get());
    }
    if (command.capacity() < 1 || command.capacity() > CAPACITY_MAX) {
      return Decision.refused(
          RefusalCode.INVALID,
          "capacity",
          command.capacity() + ": expected 1 … " + CAPACITY_MAX + " tickets");
    }
    if (!isCountable(book.rules(), command.capacity())) {
      return Decision.refused(
          RefusalCode.INVALID,
          "capacity",
          command.capacity() + ": so many tickets of this price or prize cannot be counted");
    }
    OptionalLong closesAt = closesAt(command.saleEnd());
    if (closesAt.isEmpty()) {
      return Decision.refused(
          RefusalCode.INVALID, "closesAt", "expected a time in the future, before 2100");
    }
    Optional<DrawRef> ref = freeRef(command);
    if (ref.isEmpty()) {
      return Decision.refused(
          RefusalCode.DRAW_EXISTS,
          "id",
          command.game() + ":" + command.id() + " is there already: ask for the next free one");
    }
    Opening opening =
        new Opening(
            ref.get(), moment.stamp(), command.by().name(), command.build(), command.key(), body);
    return Decision.of(
        new LotteryEvent.DrawOpened(
            opening, book, command.parties(), command.capacity(), closesAt.getAsLong()),
        () -> accepted(ref.get(), false));
  }

  // Settling must not overflow: stakes stay below 2^53 as in a bundle, prizes far below 2^63.
  private static boolean isCountable(Rules rules, int capacity) {
    double lines = (double) capacity * Wager.LINES_MAX;
    long largest = 0;
    for (Tier tier : rules.tiers()) {
      largest = Math.max(largest, tier.prize() instanceof Prize.Fixed f ? f.minorUnits() : 0);
    }
    return lines * rules.price() < 0x1p53 / 2 && lines * largest < 0x1p61;
  }

  private static Optional<Refusal> partiesProblem(List<PartyKey> parties) {
    TreeSet<PartyName> names = new TreeSet<>();
    parties.forEach(party -> names.add(party.name()));
    boolean complete =
        names.size() == parties.size()
            && names.contains(PartyName.of("LEFT"))
            && names.contains(PartyName.of("RIGHT"))
            && names.stream().anyMatch(PartyName::isAuditor);
    return complete
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalCode.INVALID,
                "parties",
                names + ": expected LEFT, RIGHT and at least one AUDITOR, each once"));
  }

  private OptionalLong closesAt(SaleEnd end) {
    try {
      long millis = end.from(Instant.ofEpochMilli(moment.stamp())).toEpochMilli();
      return moment.isFuture(millis) ? OptionalLong.of(millis) : OptionalLong.empty();
    } catch (ArithmeticException | DateTimeException outOfRange) {
      return OptionalLong.empty();
    }
  }

  private Optional<DrawRef> freeRef(DrawCommand.OpenDraw command) {
    DrawRef wanted = new DrawRef(command.game(), command.id());
    int last = command.nextFree() ? NUMBER_MAX : wanted.id().number();
    for (int number = wanted.id().number(); number <= last; number++) {
      DrawRef ref = new DrawRef(command.game(), wanted.id().withNumber(number));
      if (state.draw(ref).isEmpty()) {
        return Optional.of(ref);
      }
    }
    return Optional.empty();
  }

  @Override
  public Decision changeDraw(DrawCommand.ChangeDraw command) {
    return withOpenDraw(command.by(), command.draw(), draw -> change(draw, command));
  }

  private Decision change(Draw draw, DrawCommand.ChangeDraw command) {
    int capacity = command.capacity().orElse(draw.capacity());
    if (capacity < Math.max(1, draw.sold()) || capacity > CAPACITY_MAX) {
      return Decision.refused(
          RefusalCode.INVALID,
          "capacity",
          "%d: expected %d (sold) … %d tickets"
              .formatted(capacity, Math.max(1, draw.sold()), CAPACITY_MAX));
    }
    long closesAt = draw.closesAt();
    if (command.closesAt().isPresent()) {
      OptionalLong wanted = closesAt(new SaleEnd.At(command.closesAt().get()));
      if (wanted.isEmpty()) {
        return Decision.refused(
            RefusalCode.INVALID, "closesAt", "expected a time in the future, before 2100");
      }
      closesAt = wanted.getAsLong();
    }
    if (capacity == draw.capacity() && closesAt == draw.closesAt()) {
      return Decision.known(accepted(draw, true));
    }
    return Decision.of(
        new LotteryEvent.DrawChanged(draw.ref(), capacity, closesAt), () -> accepted(draw, false));
  }

  @Override
  public Decision cancelDraw(DrawCommand.CancelDraw command) {
    if (command.reason().isBlank() || command.reason().length() > 500) {
      return Decision.refused(
          RefusalCode.INVALID, "reason", "expected 1 … 500 characters: they are published");
    }
    boolean done =
        state.draw(command.draw()).filter(draw -> draw.phase() == DrawState.VOID).isPresent();
    return withDraw(
        command.by(),
        command.draw(),
        draw ->
            done
                ? Decision.known(accepted(draw, true))
                : open(
                    draw,
                    () ->
                        Decision.of(
                            new LotteryEvent.DrawVoided(
                                draw.ref(), moment.stamp(), command.reason().strip()),
                            () -> accepted(draw, false))));
  }

  @Override
  public Decision closeDraw(DrawCommand.CloseDraw command) {
    return withDraw(
        command.by(),
        command.draw(),
        draw ->
            draw.phase() != DrawState.OPEN
                ? Decision.known(accepted(draw, true))
                : Decision.of(closing(draw, moment), () -> accepted(draw, false)));
  }

  @Override
  public Decision voidDraw(DrawCommand.VoidDraw command) {
    if (command.reason().isBlank() || command.reason().length() > 500) {
      return Decision.refused(
          RefusalCode.INVALID, "reason", "expected 1 … 500 characters: they are published");
    }
    Optional<Draw> found = state.draw(command.draw());
    if (found.isEmpty()) {
      return Decision.refused(RefusalCode.UNKNOWN_DRAW, "draw", command.draw() + ": no such draw");
    }
    Draw draw = found.get();
    if (draw.phase() == DrawState.VOID) {
      return Decision.known(accepted(draw, true));
    }
    if (draw.state() != DrawState.STALLED || draw.outcome().isPresent()) {
      return Decision.refused(
          RefusalCode.WRONG_STATE,
          "state",
          draw.ref()
              + " is "
              + draw.state()
              + (draw.outcome().isPresent() ? " with numbers" : "")
              + ": expected STALLED before its numbers");
    }
    return lackingConsent(draw, command)
        .orElseGet(
            () ->
                Decision.of(
                    new LotteryEvent.DrawVoided(
                        draw.ref(), moment.stamp(), command.reason().strip()),
                    () -> accepted(draw, false)));
  }

  // Whoever withholds need not agree; all others must, each by its own signature.
  private static Optional<Decision> lackingConsent(Draw draw, DrawCommand.VoidDraw command) {
    byte[] text =
        SealedShare.voidText(draw.ref().toString(), command.approval().toBytes(), command.reason());
    List<PartyName> withholding = draw.waitingFor();
    for (PartyRecord party : draw.parties()) {
      boolean consents =
          command.consents().stream()
              .filter(consent -> consent.party().equals(party.name()))
              .anyMatch(
                  consent ->
                      PartySignature.holds(
                          party.key().publicKey().toBytes(), text, consent.signature().toBytes()));
      if (!consents && !withholding.contains(party.name())) {
        return Optional.of(
            Decision.refused(
                RefusalCode.STEP_MISSING,
                "consents",
                draw.ref()
                    + " waits for "
                    + withholding
                    + "; all other parties must agree, and "
                    + party.name()
                    + " has not"));
      }
    }
    return Optional.empty();
  }

  /** What closing a draw is: void when it never was on sale, for it could not be drawn. */
  static LotteryEvent closing(Draw draw, Moment moment) {
    return draw.isOnSale()
        ? new LotteryEvent.DrawClosed(draw.ref(), moment.stamp(), moment.position())
        : new LotteryEvent.DrawVoided(
            draw.ref(),
            moment.stamp(),
            "never on sale: " + draw.waitingFor() + " did not commit before it closed");
  }

  private Decision withOpenDraw(Requester by, DrawRef ref, Function<Draw, Decision> then) {
    return withDraw(by, ref, draw -> open(draw, () -> then.apply(draw)));
  }

  private static Decision open(Draw draw, Supplier<Decision> then) {
    return draw.phase() == DrawState.OPEN
        ? then.get()
        : Decision.refused(
            RefusalCode.WRONG_STATE,
            "state",
            draw.ref() + " is " + draw.state() + ": expected OPEN");
  }

  private Decision withDraw(Requester by, DrawRef ref, Function<Draw, Decision> then) {
    Optional<Refusal> notAllowed = SignInCheck.problem(state, by, ref.branch(), moment);
    if (notAllowed.isPresent()) {
      return Decision.refused(notAllowed.get());
    }
    return state
        .draw(ref)
        .map(then)
        .orElseGet(
            () -> Decision.refused(RefusalCode.UNKNOWN_DRAW, "draw", ref + ": no such draw"));
  }

  private LotteryReply accepted(DrawRef ref, boolean repeated) {
    return accepted(state.draw(ref).orElseThrow(), repeated);
  }

  private static LotteryReply accepted(Draw draw, boolean repeated) {
    return new LotteryReply.DrawAccepted(
        draw.ref(), draw.state(), Instant.ofEpochMilli(draw.closesAt()), draw.capacity(), repeated);
  }
}
