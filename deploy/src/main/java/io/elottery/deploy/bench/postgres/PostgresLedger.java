package io.elottery.deploy.bench.postgres;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.signing.Signer;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.bundle.DrawName;
import io.elottery.lottery.bundle.Leaf;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.TicketCommand.BuyTicket;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.LineProblem;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.ReceiptSeal;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.ledger.Ledger;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Tickets in PostgreSQL behind the same port of the same gateway: the same checks, the same signed
 * receipt. Only buying own numbers is there; all else is unavailable. Any thread.
 */
public final class PostgresLedger implements Ledger, AutoCloseable {
  private final Vertx vertx;
  private final Pool pool;
  private final Rules rules;
  private final Signer signer;
  private final Octets key;
  private final RandomSource random;

  /**
   * @param port on 127.0.0.1
   * @param connections to the database at most
   */
  public PostgresLedger(
      int port, int connections, Rules rules, Signer signer, RandomSource random) {
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    PgConnectOptions to =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setDatabase("postgres")
            .setUser("postgres")
            .setCachePreparedStatements(true);
    this.pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(connections))
            .connectingTo(to)
            .using(vertx)
            .build();
    this.rules = rules;
    this.signer = signer;
    this.key = Octets.of(signer.publicKey());
    this.random = random;
  }

  @Override
  public CompletableFuture<Delivery> deliver(String actorKey, byte[] command) {
    try {
      if (LotteryCommand.decode(command) instanceof BuyTicket buy
          && buy.wager() instanceof Wager.Marked marked) {
        return buy(buy, marked.lines());
      }
      return unavailable("only own numbers are sold here");
    } catch (MalformedMessage malformed) {
      return unavailable(String.valueOf(malformed.getMessage()));
    }
  }

  @Override
  public CompletableFuture<Delivery> ask(String actorKey, byte[] query) {
    return unavailable("nothing is answered here");
  }

  private static CompletableFuture<Delivery> unavailable(String why) {
    return CompletableFuture.completedFuture(new Delivery.Unavailable(why));
  }

  private CompletableFuture<Delivery> buy(BuyTicket buy, List<Line> lines) {
    for (Line line : lines) {
      Optional<LineProblem> problem = rules.problem(line);
      if (problem.isPresent()) {
        return refused(RefusalCode.LINE_INVALID, problem.get().detail());
      }
    }
    TicketId ticket = TicketId.of(buy.player(), buy.draw(), buy.key());
    WireWriter wager = new WireWriter(64);
    buy.wager().write(wager);
    Tuple values =
        Tuple.of(
            buy.player().toString(),
            Buffer.buffer(buy.tokenHash().toBytes()),
            buy.draw().toString(),
            Buffer.buffer(
                ByteBuffer.allocate(16).putLong(ticket.high()).putLong(ticket.low()).array()),
            Buffer.buffer(wager.toBytes()));
    values.addBuffer(Buffer.buffer(random.bytes(16))).addInteger(lines.size());
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    pool.preparedQuery(PostgresTables.BUY)
        .execute(values)
        .onComplete(
            rows -> result.complete(sold(buy, lines, ticket, rows.iterator().next())),
            problem -> result.complete(new Delivery.Unknown(String.valueOf(problem.getMessage()))));
    return result;
  }

  private Delivery sold(BuyTicket buy, List<Line> lines, TicketId ticket, Row row) {
    String code = row.getString("code");
    if (!code.equals("SEALED")) {
      return answer(0, new LotteryReply.Refused(new Refusal(RefusalCode.valueOf(code), "", code)));
    }
    long position = row.getLong("o_position");
    OffsetDateTime soldAt = row.getOffsetDateTime("o_sold_at");
    byte[] salt = row.getBuffer("o_salt").getBytes();
    Money price = Money.of(rules.price(), rules.currency()).times(lines.size());
    Leaf leaf =
        new Leaf(
            new DrawName(buy.draw().game().text(), buy.draw().id().toString()),
            ticket.toString(),
            lines,
            Leaf.ownerOf(salt, buy.player().toString()),
            position,
            price.minorUnits());
    Receipt receipt =
        new Receipt(
            ticket,
            buy.draw(),
            lines,
            price,
            position,
            soldAt.toInstant(),
            Octets.wrap(leaf.toBytes()),
            Octets.wrap(salt),
            Optional.empty());
    Octets signature = Octets.wrap(signer.sign(receipt.signedText(key)));
    return answer(
        position,
        new LotteryReply.TicketSealed(
            receipt.sealed(new ReceiptSeal(key, signature)), row.getBoolean("o_repeated")));
  }

  private static CompletableFuture<Delivery> refused(RefusalCode code, String detail) {
    return CompletableFuture.completedFuture(
        answer(0, new LotteryReply.Refused(new Refusal(code, "lines", detail))));
  }

  private static Delivery answer(long position, LotteryReply reply) {
    return new Delivery.Answered(new ShardId(0), new LogPosition(position), reply.encode());
  }

  /** Busy is never said: what the pool cannot take waits in it. */
  @Override
  public void close() {
    pool.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(Duration.ofSeconds(5).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .join();
  }
}
