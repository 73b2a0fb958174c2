package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import java.time.Duration;

/** Players, operators and their sessions; all belong to the player's branch. */
public sealed interface AccountCommand extends LotteryCommand {
  /** What to do for each. */
  interface Cases<R> {
    /** RegisterPlayer. */
    R registerPlayer(RegisterPlayer command);

    /** RegisterOperator. */
    R registerOperator(RegisterOperator command);

    /** OpenSession. */
    R openSession(OpenSession command);

    /** CloseSession. */
    R closeSession(CloseSession command);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(LotteryCommand.Cases<R> cases) {
    return cases.account(this);
  }

  /**
   * A new customer; the name must be free in the branch, case ignored. The same key again gives the
   * same customer.
   *
   * @param name 1 … 64 characters
   * @param welcomeCredit what the player starts with; fixes the currency of the balance
   */
  record RegisterPlayer(
      BranchId branch, String name, PasswordHash password, Money welcomeCredit, RequestKey key)
      implements AccountCommand {
    static final int TAG = 1;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      out.text(name);
      password.write(out);
      welcomeCredit.write(out);
      Fields.key(out, key);
    }

    static RegisterPlayer read(WireReader in) throws MalformedMessage {
      return new RegisterPlayer(
          Fields.branch(in), in.text(), PasswordHash.read(in), Money.read(in), Fields.key(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.registerPlayer(this);
    }
  }

  /**
   * A new member of the staff. The same key again gives the same operator.
   *
   * @param name 1 … 64 characters
   */
  record RegisterOperator(BranchId branch, String name, PasswordHash password, RequestKey key)
      implements AccountCommand {
    static final int TAG = 2;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      out.text(name);
      password.write(out);
      Fields.key(out, key);
    }

    static RegisterOperator read(WireReader in) throws MalformedMessage {
      return new RegisterOperator(
          Fields.branch(in), in.text(), PasswordHash.read(in), Fields.key(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.registerOperator(this);
    }
  }

  /**
   * Signs somebody in whose password was checked. The same token again gives the same session.
   *
   * @param tokenHash SHA-256 of the token; 32 bytes
   * @param lifetime counted from the stamp of the batch; milliseconds
   */
  record OpenSession(PlayerId player, Octets tokenHash, Duration lifetime)
      implements AccountCommand {
    static final int TAG = 3;

    /** Checks and copies. */
    public OpenSession {
      tokenHash.ofSize(32, "tokenHash");
    }

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      out.raw(tokenHash.toBytes());
      out.i64(lifetime.toMillis());
    }

    static OpenSession read(WireReader in) throws MalformedMessage {
      return new OpenSession(Fields.player(in), Fields.octets(in, 32), Duration.ofMillis(in.i64()));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.openSession(this);
    }
  }

  /**
   * Signs out; closing what is not open is done already.
   *
   * @param tokenHash SHA-256 of the token; 32 bytes
   */
  record CloseSession(PlayerId player, Octets tokenHash) implements AccountCommand {
    static final int TAG = 4;

    /** Checks and copies. */
    public CloseSession {
      tokenHash.ofSize(32, "tokenHash");
    }

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      out.raw(tokenHash.toBytes());
    }

    static CloseSession read(WireReader in) throws MalformedMessage {
      return new CloseSession(Fields.player(in), Fields.octets(in, 32));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.closeSession(this);
    }
  }
}
