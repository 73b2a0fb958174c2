package io.elottery.controller.app;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Inflow;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.ledger.LedgerKinds;

/**
 * Which loop of main takes what comes over its trunks: what is relayed for players has a loop of
 * its own, so that supervision never waits behind it. What gateways say of copies that lie, and
 * auditors of histories, is of the ledger's kinds, but main's loop judges it.
 *
 * @param board on main's loop
 * @param relayed on the relay's
 */
record Boards(Switchboard board, Switchboard relayed) {
  private static final int LEDGER_MODULE = 2;

  /** Adds the lanes. */
  static Boards of(Lanes lanes, Transport network, NodeLoop loop, NodeLoop relaying) {
    Switchboard board = new Switchboard(Lanes.SUPERVISION, network, loop);
    Switchboard relayed = new Switchboard(Lanes.LEDGER, network, relaying);
    lanes.add(Lanes.SUPERVISION, module -> module != LEDGER_MODULE, loop, board);
    lanes.add(Lanes.LEDGER, module -> module == LEDGER_MODULE, relaying, relayed);
    Inflow votes = new Inflow(loop, board);
    relayed.on(LedgerKinds.VOTE_REPORT, votes::received);
    relayed.on(LedgerKinds.HEAD_ALARM, votes::received);
    return new Boards(board, relayed);
  }
}
