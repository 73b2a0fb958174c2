package io.elottery.deploy.bench.postgres;

import io.elottery.foundation.time.RandomSource;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PlayerId;
import io.elottery.web.signin.SessionToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables and the one function that a careful person would write for the same wager: one round
 * trip for each, no row that all of them change (positions and what is sold are sequences), token,
 * closing time, capacity and balance checked, the key's memory in the ticket's primary key.
 */
public final class PostgresTables {
  /** Buys; see {@code buy} in {@link #TEXT}. */
  static final String BUY = "SELECT * FROM buy($1, $2, $3, $4, $5, $6, $7)";

  private static final String TEXT =
      """
      CREATE TABLE players (id text PRIMARY KEY, balance bigint NOT NULL);
      CREATE TABLE sessions (
        token bytea PRIMARY KEY, player text NOT NULL, expires_at timestamptz NOT NULL);
      CREATE TABLE draws (
        ref text PRIMARY KEY, closes_at timestamptz NOT NULL, capacity bigint NOT NULL,
        price bigint NOT NULL);
      CREATE SEQUENCE positions;
      CREATE SEQUENCE sold;
      CREATE TABLE tickets (
        id bytea PRIMARY KEY, player text NOT NULL, draw text NOT NULL, wager bytea NOT NULL,
        salt bytea NOT NULL, position bigint NOT NULL, sold_at timestamptz NOT NULL,
        price bigint NOT NULL);
      CREATE INDEX tickets_of_player ON tickets (player, position);
      CREATE FUNCTION buy(
        p_player text, p_token bytea, p_draw text, p_ticket bytea, p_wager bytea, p_salt bytea,
        p_lines int,
        OUT code text, OUT o_position bigint, OUT o_sold_at timestamptz, OUT o_salt bytea,
        OUT o_repeated boolean) AS $$
      DECLARE
        s sessions; t tickets; d draws;
      BEGIN
        SELECT * INTO s FROM sessions WHERE token = p_token AND player = p_player;
        IF NOT FOUND THEN code := 'NOT_SIGNED_IN'; RETURN; END IF;
        IF s.expires_at <= now() THEN code := 'SESSION_EXPIRED'; RETURN; END IF;
        SELECT * INTO t FROM tickets WHERE id = p_ticket;
        IF FOUND THEN
          IF t.wager <> p_wager THEN code := 'KEY_REUSED'; RETURN; END IF;
          code := 'SEALED'; o_position := t.position; o_sold_at := t.sold_at;
          o_salt := t.salt; o_repeated := true;
          RETURN;
        END IF;
        SELECT * INTO d FROM draws WHERE ref = p_draw;
        IF NOT FOUND THEN code := 'UNKNOWN_DRAW'; RETURN; END IF;
        IF d.closes_at <= now() THEN code := 'DRAW_CLOSED'; RETURN; END IF;
        IF nextval('sold') > d.capacity THEN code := 'DRAW_FULL'; RETURN; END IF;
        UPDATE players SET balance = balance - d.price * p_lines
          WHERE id = p_player AND balance >= d.price * p_lines;
        IF NOT FOUND THEN code := 'BALANCE_TOO_SMALL'; RETURN; END IF;
        o_position := nextval('positions'); o_sold_at := date_trunc('milliseconds', now());
        o_salt := p_salt; o_repeated := false; code := 'SEALED';
        INSERT INTO tickets VALUES (
          p_ticket, p_player, p_draw, p_wager, p_salt, o_position, o_sold_at, d.price * p_lines);
      END $$ LANGUAGE plpgsql;
      """;

  private PostgresTables() {}

  /** Makes the tables, that many players with a session each, and a draw; the tokens. */
  public static List<String> make(
      PostgresServers servers, int players, String draw, long price, RandomSource random)
      throws IOException {
    StringBuilder sql = new StringBuilder(TEXT);
    List<String> tokens = new ArrayList<>();
    for (int i = 1; i <= players; i++) {
      PlayerId id = new PlayerId(BranchId.of("TOR"), PlayerId.Kind.CUSTOMER, i);
      SessionToken token = SessionToken.fresh(id, random);
      tokens.add(token.text());
      sql.append("INSERT INTO players VALUES ('%s', 1000000000000);\n".formatted(id));
      sql.append(
          "INSERT INTO sessions VALUES ('\\x%s', '%s', now() + interval '1 day');\n"
              .formatted(token.digest().hex(), id));
    }
    sql.append(
        "INSERT INTO draws VALUES ('%s', now() + interval '1 day', 1000000000, %d);\nANALYZE;\n"
            .formatted(draw, price));
    servers.sql(sql.toString());
    return tokens;
  }

  /** A script for {@code pgbench} that buys as the gateway does, for so many players. */
  public static String script(int players, String draw) {
    return """
        \\set n random(1, %d)
        SELECT buy(p.player, p.token, '%s', decode(md5(random()::text), 'hex'),
          '\\x0001'::bytea, '\\x00112233445566778899aabbccddeeff'::bytea, 1)
        FROM (SELECT player, token FROM sessions
          WHERE player = 'TORC' || lpad(:n::text, 4, '0')) p;
        """
        .formatted(players, draw);
  }
}
