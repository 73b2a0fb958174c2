package io.elottery.lottery.machine;

import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides about players, operators and sessions. */
final class AccountDesk implements AccountCommand.Cases<Decision> {
  private static final int NAME_MAX = 64; // characters
  private static final long CREDIT_MAX =
      1_000_000_000L; // minor units; of a billion players less than a long
  private static final Duration LIFETIME_MAX = Duration.ofDays(366);

  /** What operators hold: ISO 4217's "no currency". */
  private static final Money NOTHING = new Money(0, "XXX");

  private final ShardState state;
  private final Moment moment;

  AccountDesk(ShardState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  @Override
  public Decision registerPlayer(AccountCommand.RegisterPlayer command) {
    long credit = command.welcomeCredit().minorUnits();
    if (credit < 0 || credit > CREDIT_MAX) {
      return Decision.refused(
          RefusalCode.INVALID, "welcomeCredit", credit + ": expected 0 … " + CREDIT_MAX);
    }
    return register(
        command.branch(),
        PlayerId.Kind.CUSTOMER,
        command.name(),
        command.password(),
        new Start(command.welcomeCredit(), command.key()));
  }

  @Override
  public Decision registerOperator(AccountCommand.RegisterOperator command) {
    return register(
        command.branch(),
        PlayerId.Kind.OPERATOR,
        command.name(),
        command.password(),
        new Start(NOTHING, command.key()));
  }

  private record Start(Money credit, RequestKey key) {}

  private Decision register(
      BranchId branch, PlayerId.Kind kind, String given, PasswordHash password, Start start) {
    String name = given.strip();
    if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(c -> c < ' ')) {
      return Decision.refused(
          RefusalCode.INVALID,
          "name",
          name.length() + " characters: expected 1 … " + NAME_MAX + " printable ones");
    }
    Optional<Branch> known = state.branch(branch);
    Optional<Player> repeated = known.flatMap(there -> there.registeredBy(start.key()));
    if (repeated.isPresent()) {
      Player player = repeated.get();
      return player.name().equals(name) && player.id().kind() == kind
          ? Decision.known(new LotteryReply.Registered(player.id(), name, true))
          : Decision.refused(
              RefusalCode.KEY_REUSED, "key", "the key was used for another name: take a new key");
    }
    if (known.flatMap(there -> there.named(name)).isPresent()) {
      return Decision.refused(
          RefusalCode.NAME_TAKEN,
          "name",
          "\"" + name + "\" is taken in " + branch + ": choose another");
    }
    PlayerId id = known.map(there -> there.nextId(kind)).orElse(new PlayerId(branch, kind, 1));
    return Decision.of(
        new LotteryEvent.Registered(id, name, password, start.key(), start.credit()),
        () -> new LotteryReply.Registered(id, name, false));
  }

  @Override
  public Decision openSession(AccountCommand.OpenSession command) {
    Optional<Player> player = state.player(command.player());
    if (player.isEmpty()) {
      return Decision.refused(
          RefusalCode.UNKNOWN_PLAYER, "id", command.player() + " is not registered");
    }
    if (command.lifetime().compareTo(Duration.ofSeconds(1)) < 0
        || command.lifetime().compareTo(LIFETIME_MAX) > 0) {
      return Decision.refused(
          RefusalCode.INVALID,
          "lifetime",
          command.lifetime() + ": expected 1 s … " + LIFETIME_MAX.toDays() + " days");
    }
    Optional<Session> open = player.get().session(command.tokenHash());
    if (open.isPresent()) {
      return Decision.known(signedIn(command.player(), open.get()));
    }
    Session session =
        new Session(command.tokenHash(), moment.stamp() + command.lifetime().toMillis());
    return Decision.of(
        new LotteryEvent.SignedIn(command.player(), session, moment.stamp()),
        () -> signedIn(command.player(), session));
  }

  private static LotteryReply signedIn(PlayerId player, Session session) {
    return new LotteryReply.SignedIn(player, Instant.ofEpochMilli(session.expiresAt()));
  }

  @Override
  public Decision closeSession(AccountCommand.CloseSession command) {
    boolean open =
        state
            .player(command.player())
            .flatMap(player -> player.session(command.tokenHash()))
            .isPresent();
    return open
        ? Decision.of(
            new LotteryEvent.SignedOut(command.player(), command.tokenHash()),
            LotteryReply.SignedOut::new)
        : Decision.known(new LotteryReply.SignedOut());
  }
}
