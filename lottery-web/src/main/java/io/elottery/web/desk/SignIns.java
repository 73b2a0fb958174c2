package io.elottery.web.desk;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.lottery.answer.LotteryAnswer.CredentialsFound;
import io.elottery.lottery.command.AccountCommand.CloseSession;
import io.elottery.lottery.command.AccountCommand.OpenSession;
import io.elottery.lottery.command.AccountCommand.RegisterOperator;
import io.elottery.lottery.command.AccountCommand.RegisterPlayer;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply.Registered;
import io.elottery.lottery.reply.LotteryReply.SignedIn;
import io.elottery.lottery.reply.LotteryReply.SignedOut;
import io.elottery.web.config.PlayersConfig;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.Passwords;
import io.elottery.web.signin.SessionToken;
import io.elottery.web.signin.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Signing up, in and out. Passwords are hashed and checked here, off the loop. */
public final class SignIns {
  private static final Duration HASHING_BUSY = Duration.ofSeconds(2);

  private final Desk desk;
  private final Passwords passwords;
  private final RandomSource random;
  private final PlayersConfig config;
  private final TokenBuckets perPlayer;
  private final TokenBuckets perAddress;

  /** Limits are kept here, on the HTTP loop. */
  public SignIns(
      Desk desk, Passwords passwords, RandomSource random, Time time, PlayersConfig config) {
    this.desk = desk;
    this.passwords = passwords;
    this.random = random;
    this.config = config;
    this.perPlayer = new TokenBuckets(time, config.triesPerId(), config.window());
    this.perAddress = new TokenBuckets(time, config.triesPerAddress(), config.window());
  }

  /** A session that was opened. */
  public record Opened(SessionToken token, Instant expiresAt) {}

  /** Registers a customer, who starts with the welcome credit. */
  public CompletableFuture<Registered> signUp(
      WebRequest at, BranchId branch, String name, String password, RequestKey key)
      throws Unacceptable {
    Money credit = Money.of(config.welcomeCredit(), config.currency());
    return hash(at, password)
        .thenCompose(
            hash ->
                desk.tell(
                    at, new RegisterPlayer(branch, name, hash, credit, key), Registered.class));
  }

  /** Registers an operator. */
  public CompletableFuture<Registered> signUpOperator(
      WebRequest at, BranchId branch, String name, String password, RequestKey key)
      throws Unacceptable {
    return hash(at, password)
        .thenCompose(
            hash -> desk.tell(at, new RegisterOperator(branch, name, hash, key), Registered.class));
  }

  /**
   * Opens a session for who knows the password.
   *
   * @param who by id, or by branch and name
   */
  public CompletableFuture<Opened> signIn(WebRequest at, LotteryQuery who, String password)
      throws Unacceptable {
    limit(perAddress, at.client());
    limit(perPlayer, subject(who));
    return desk.ask(at, who, CredentialsFound.class)
        .handle(SignIns::known)
        .thenCompose(found -> checked(at, found, password))
        .thenCompose(
            found -> {
              SessionToken token = SessionToken.fresh(found.player(), random);
              return desk.tell(
                      at,
                      new OpenSession(found.player(), token.digest(), config.session()),
                      SignedIn.class)
                  .thenApply(signedIn -> new Opened(token, signedIn.expiresAt()));
            });
  }

  /** Closes the session; one that is not open is closed already. */
  public CompletableFuture<SignedOut> signOut(WebRequest at, SessionToken token) {
    return desk.tell(at, new CloseSession(token.player(), token.digest()), SignedOut.class);
  }

  /** The key a request brought, or a fresh one. */
  public RequestKey keyOr(Optional<RequestKey> brought) {
    return brought.orElseGet(() -> RequestKey.of(HexFormat.of().formatHex(random.bytes(16))));
  }

  private CompletableFuture<PasswordHash> hash(WebRequest at, String password) throws Unacceptable {
    limit(perAddress, at.client());
    return passwords
        .hash(password)
        .orElseThrow(SignIns::tooBusy)
        .thenApplyAsync(hash -> hash, at.executor());
  }

  private CompletableFuture<CredentialsFound> checked(
      WebRequest at, Optional<CredentialsFound> found, String password) {
    Optional<CompletableFuture<Boolean>> check =
        passwords.matches(password, found.map(CredentialsFound::password));
    if (check.isEmpty()) {
      return CompletableFuture.failedFuture(tooBusy());
    }
    return check
        .get()
        .thenApplyAsync(
            matches -> {
              if (!matches || found.isEmpty()) {
                throw new CompletionException(wrong().unacceptable());
              }
              return found.get();
            },
            at.executor());
  }

  // Whether nobody has the id or the password is wrong is the same to the caller.
  private static Optional<CredentialsFound> known(CredentialsFound found, Throwable problem) {
    if (problem == null) {
      return Optional.of(found);
    }
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (cause instanceof Unacceptable refused && refused.problem().status() == 404) {
      return Optional.empty();
    }
    throw new CompletionException(cause);
  }

  private static Problem wrong() {
    return Problem.of(
        401,
        "WRONG_SIGN_IN",
        "Name or password is wrong",
        "Expected an id such as TORC0001, or a branch with a name, and its password.");
  }

  private static Unacceptable tooBusy() {
    return Problem.tooMuch("Too many people sign in just now.", HASHING_BUSY).unacceptable();
  }

  private static void limit(TokenBuckets buckets, String key) throws Unacceptable {
    Optional<Duration> wait = buckets.take(key);
    if (wait.isPresent()) {
      throw Problem.tooMuch(
              "Too many attempts. Wait "
                  + Math.max(1, wait.get().toSeconds())
                  + " seconds and try again.",
              wait.get())
          .unacceptable();
    }
  }

  private static String subject(LotteryQuery who) {
    return who.toString().toLowerCase(Locale.ROOT);
  }
}
