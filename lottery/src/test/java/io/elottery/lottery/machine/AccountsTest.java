package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final Shard shard = new Shard();

  @Test
  void idsCountUpPerBranchAndKind() {
    assertThat(shard.player("anna")).hasToString("TORC0001");
    assertThat(shard.player("bob")).hasToString("TORC0002");
    assertThat(shard.operator(Shard.TOR, "olga")).hasToString("TORM0001");
    assertThat(shard.player(BranchId.of("MTL"), "anna", 0)).hasToString("MTLC0001");
  }

  @Test
  void nameIsTakenWhateverItsCase() {
    shard.player("Anna");

    var refusal = shard.refused(register(" aNNA ", shard.key()));

    assertThat(refusal.code()).isEqualTo(RefusalCode.NAME_TAKEN);
    assertThat(refusal.field()).isEqualTo("name");
    assertThat(shard.player("bob")).hasToString("TORC0002");
  }

  @Test
  void sameKeyRegistersOnce() {
    AccountCommand.RegisterPlayer command = register("anna", shard.key());
    var first = shard.done(command, LotteryReply.Registered.class);

    var again = shard.done(command, LotteryReply.Registered.class);

    assertThat(again.player()).isEqualTo(first.player());
    assertThat(again.repeated()).isTrue();
    assertThat(shard.money().issued()).isEqualTo(500);
    assertThat(shard.refused(register("bob", command.key())).code())
        .isEqualTo(RefusalCode.KEY_REUSED);
  }

  @Test
  void impossibleNamesAndCreditsAreRefused() {
    assertThat(shard.refused(register("  ", shard.key())).field()).isEqualTo("name");
    assertThat(shard.refused(register("x".repeat(65), shard.key())).field()).isEqualTo("name");
    assertThat(shard.refused(register("a\nb", shard.key())).field()).isEqualTo("name");
    var debt =
        new AccountCommand.RegisterPlayer(
            Shard.TOR, "anna", Shard.password(), Money.of(-1, "CAD"), shard.key());
    assertThat(shard.refused(debt).field()).isEqualTo("welcomeCredit");
  }

  @Test
  void sessionEndsWithItsLifetimeCountedFromTheStamp() {
    PlayerId anna = shard.player("anna");
    var command = new AccountCommand.OpenSession(anna, Shard.hash("one"), Duration.ofSeconds(90));

    var session = shard.done(command, LotteryReply.SignedIn.class);
    shard.pass(Duration.ofSeconds(10));
    var again = shard.done(command, LotteryReply.SignedIn.class);

    assertThat(session.expiresAt()).isEqualTo(Shard.START.plusSeconds(90));
    assertThat(again).isEqualTo(session);
    var nobody =
        new AccountCommand.OpenSession(
            PlayerId.parse("TORC0999"), Shard.hash("two"), Duration.ofSeconds(90));
    assertThat(shard.refused(nobody).code()).isEqualTo(RefusalCode.UNKNOWN_PLAYER);
  }

  @Test
  void sessionsAreBoundedAndTheOldestGoes() {
    PlayerId anna = shard.player("anna");
    for (int i = 0; i < 16; i++) {
      shard.done(
          new AccountCommand.OpenSession(anna, Shard.hash("s" + i), Duration.ofDays(1)),
          LotteryReply.SignedIn.class);
    }

    assertThat(shard.ask(new LotteryQuery.SessionOf(anna, Shard.token(anna))))
        .isInstanceOf(LotteryAnswer.Unanswered.class);
    assertThat(shard.ask(new LotteryQuery.SessionOf(anna, Shard.hash("s0"))))
        .isInstanceOf(LotteryAnswer.SessionFound.class);
  }

  @Test
  void signedOutMeansOut() {
    PlayerId anna = shard.player("anna");
    var out = new AccountCommand.CloseSession(anna, Shard.token(anna));

    shard.done(out, LotteryReply.SignedOut.class);
    shard.done(out, LotteryReply.SignedOut.class);

    assertThat(shard.ask(new LotteryQuery.SessionOf(anna, Shard.token(anna))))
        .isInstanceOf(LotteryAnswer.Unanswered.class);
  }

  @Test
  void credentialsAreFoundByIdAndByName() {
    PlayerId anna = shard.player("Anna");

    var byId =
        shard.found(new LotteryQuery.CredentialsById(anna), LotteryAnswer.CredentialsFound.class);
    var byName =
        shard.found(
            new LotteryQuery.CredentialsByName(Shard.TOR, "ANNA"),
            LotteryAnswer.CredentialsFound.class);

    assertThat(byId.password()).isEqualTo(Shard.password());
    assertThat(byName).isEqualTo(byId);
  }

  private static AccountCommand.RegisterPlayer register(String name, RequestKey key) {
    return new AccountCommand.RegisterPlayer(
        Shard.TOR, name, Shard.password(), Money.of(500, "CAD"), key);
  }
}
