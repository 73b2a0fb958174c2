package io.elottery.reports.roster;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;
import java.util.Optional;

/**
 * What a server says of itself to each main after each connect. Main refuses a worker whose store
 * is not the one known under its name ({@value #OTHER_STORE}); it may ask again later for any other
 * refusal.
 *
 * @param trunk where its trunk listens; empty when it does not listen
 * @param link where its links listen; empty for all but workers
 * @param storeId the ledger store's id as text; empty for all but workers
 * @param incarnation of the store; 0 for all but workers
 * @param fenceSeen the highest fence this server has seen
 * @param rosterFence fence of the roster it has
 * @param rosterVersion version of the roster it has
 */
public record Announce(
    Optional<Address> trunk,
    Optional<Address> link,
    Optional<String> storeId,
    long incarnation,
    long fenceSeen,
    long rosterFence,
    long rosterVersion) {
  /** Refusal code: an empty or other directory under a known name. Not to be asked again. */
  public static final String OTHER_STORE = "OTHER_STORE";

  /** Refusal code: {@code network.yaml} does not know the worker. */
  public static final String UNKNOWN_SERVER = "UNKNOWN_SERVER";

  /** Refusal code: this main cannot tell yet; ask again. */
  public static final String NOT_READY = "NOT_READY";

  private static final int STORE_MAX = 64;

  /** Checks the ranges. */
  public Announce {
    if (storeId.filter(id -> id.length() > STORE_MAX).isPresent()
        || incarnation < 0
        || fenceSeen < 0
        || rosterFence < 0
        || rosterVersion < 0) {
      throw new IllegalArgumentException(
          "expected a store id of at most " + STORE_MAX + " characters, and no number below 0");
    }
  }

  /** As a message, kind {@link ReportsKinds#ANNOUNCE}. */
  public Envelope envelope() {
    byte[] body =
        new WireWriter()
            .text(trunk.map(Address::toString).orElse(""))
            .text(link.map(Address::toString).orElse(""))
            .text(storeId.orElse(""))
            .i64(incarnation)
            .i64(fenceSeen)
            .i64(rosterFence)
            .i64(rosterVersion)
            .toBytes();
    return new Envelope(ReportsKinds.ANNOUNCE, ReportsKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static Announce parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    try {
      Optional<Address> trunk = RosterCodec.address(in);
      Optional<Address> link = RosterCodec.address(in);
      String storeId = in.text();
      Announce announce =
          new Announce(
              trunk,
              link,
              storeId.isEmpty() ? Optional.empty() : Optional.of(storeId),
              in.i64(),
              in.i64(),
              in.i64(),
              in.i64());
      in.done();
      return announce;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("announce: " + wrong.getMessage());
    }
  }
}
