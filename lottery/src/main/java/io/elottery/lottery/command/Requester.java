package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import java.util.Optional;

/**
 * Who wants something done to a draw: an operator with an open session, which the machine checks,
 * or the staff's own tools (a schedule, main), which whoever let the command in has checked.
 *
 * @param name the operator's id, or what the tool is called
 * @param tokenHash SHA-256 of the operator's token, 32 bytes; empty for tools
 */
public record Requester(String name, Optional<Octets> tokenHash) {
  /** Checks the token's size. */
  public Requester {
    tokenHash.ifPresent(token -> token.ofSize(32, "tokenHash"));
  }

  /** An operator with an open session. */
  public static Requester operator(PlayerId operator, Octets tokenHash) {
    return new Requester(operator.toString(), Optional.of(tokenHash));
  }

  /** One of the staff's tools: {@code schedule}, {@code main-1}. */
  public static Requester tool(String name) {
    return new Requester(name, Optional.empty());
  }

  /** Writes name and token. */
  public void write(WireWriter out) {
    out.text(name);
    Fields.optional(out, tokenHash, (to, token) -> to.raw(token.toBytes()));
  }

  /** Reads what {@link #write} wrote. */
  public static Requester read(WireReader in) throws MalformedMessage {
    return new Requester(in.text(), Fields.optional(in, from -> Fields.octets(from, 32)));
  }
}
