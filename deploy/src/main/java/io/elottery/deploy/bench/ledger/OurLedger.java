package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.tickets.Player;
import io.elottery.deploy.bench.tickets.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/** A running cluster's ledger, asked by a gateway without HTTP. */
public final class OurLedger implements LedgerSide {
  /** Bytes of a ticket's command in the log, about; the bare core is given as many. */
  public static final int COMMAND_BYTES = 110;

  private final Side side;
  private final Caller caller;

  private OurLedger(Side side, Caller caller) {
    this.side = side;
    this.caller = caller;
  }

  /**
   * Connects to it.
   *
   * @param side one draw on sale and its players
   * @param gateway the configuration of a gateway that enrolled and does not run
   */
  public static OurLedger of(Side side, Path gateway) throws IOException {
    Caller caller =
        Caller.start(TicketCaller.class, gateway.toString(), side.players().get(0).draw());
    caller.tell(side.players().stream().map(Player::token).collect(Collectors.joining(" ")));
    return new OurLedger(side, caller);
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public Measured run(int underWay, Duration warmUp, Duration measured) throws IOException {
    return caller.run(underWay, warmUp, measured, side.servers());
  }

  @Override
  public void close() throws IOException {
    caller.close();
  }
}
