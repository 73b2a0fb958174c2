package io.elottery.controller.servers;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.records.Records;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Party;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers servers that announce themselves and parties that bring their keys. What is new goes into
 * the records ({@code servers/<id>}, {@code parties/<name>}) and the roster when this main acts for
 * LEFT. On main's loop.
 */
public final class ServerDesk {
  private static final Logger log = LoggerFactory.getLogger(ServerDesk.class);
  // A registry may have lost its count, but no network holds so many elections: one server that
  // lies must not use the numbers up.
  private static final long FENCES_AHEAD_MAX = 1L << 20;

  /**
   * What it needs.
   *
   * @param greeted told of every peer whose announcement was taken
   * @param fenceSeen told of every fence a server says it has seen
   */
  public record Ports(
      Switchboard board,
      Hemispheres halves,
      ServerBook book,
      RosterKeeper roster,
      Records records,
      Consumer<Peer> greeted,
      LongConsumer fenceSeen) {}

  private final Ports ports;

  /** Serves nothing until started. */
  public ServerDesk(Ports ports) {
    this.ports = ports;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    ports
        .board
        .serve(ReportsKinds.ANNOUNCE, this::announce)
        .serve(ReportsKinds.PARTY_KEY, this::partyKey)
        .on(MainKinds.PARTY_COPY, this::partyCopy);
  }

  /** Writes again what this main knows and the records may lack. */
  public void recordAll(long fence) {
    ports.book.servers().values().forEach(server -> record(server, fence));
    ports.roster.parties().forEach(party -> record(party, fence));
  }

  private void announce(Peer from, Envelope request, CallHandler.Answer answer) {
    Announce announce;
    try {
      announce = Announce.parse(request.body());
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
      return;
    }
    if (announce.fenceSeen() - ports.halves.highestFence() > FENCES_AHEAD_MAX) {
      answer.refuse(
          "MALFORMED", "fence " + announce.fenceSeen() + " is beyond all that were given");
      return;
    }
    ports
        .book
        .announced(from, announce)
        .match(
            new Welcome.Cases<Boolean>() {
              @Override
              public Boolean taken(Welcome.Taken taken) {
                welcome(from, announce, taken);
                answer.reply(empty(ReportsKinds.ANNOUNCED));
                return true;
              }

              @Override
              public Boolean refused(Welcome.Refused refused) {
                if (refused.code().equals(Announce.NOT_READY)) {
                  log.debug("{} asks again: {}", from, refused.detail());
                } else {
                  log.warn("{} refused: {}", from, refused.detail());
                }
                answer.refuse(refused.code(), refused.detail());
                return false;
              }
            });
  }

  private void welcome(Peer from, Announce announce, Welcome.Taken taken) {
    if (taken.isNews()) {
      log.info("{} announced itself: {}", from, announce);
      ports.halves.fence(Hemisphere.LEFT).ifPresent(fence -> record(taken.server(), fence));
      ports.roster.changed();
    }
    ports.fenceSeen.accept(announce.fenceSeen());
    ports.roster.greet(from.id());
    ports.greeted.accept(from);
  }

  private void partyKey(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() != Role.AUDITOR) {
      answer.refuse("NOT_ALLOWED", from + " is no auditor and brings no party's key");
      return;
    }
    try {
      Party party = Party.parse(request.body());
      if (!party.name().startsWith("AUDITOR")) {
        answer.refuse("NOT_ALLOWED", "an auditor's party is called AUDITOR…, not " + party.name());
      } else if (!bring(party)) {
        answer.refuse("OTHER_KEY", party.name() + " is known with another key");
      } else {
        ports
            .halves
            .lead(Hemisphere.LEFT)
            .map(Lead::leader)
            .ifPresent(
                leader ->
                    ports.board.send(
                        leader,
                        new Envelope(MainKinds.PARTY_COPY, MainKinds.VERSION, request.body())));
        answer.reply(empty(ReportsKinds.PARTY_KEY_TAKEN));
      }
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void partyCopy(Peer from, Envelope envelope) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
    if (!bring(Party.parse(envelope.body()))) {
      throw new MalformedMessage("another key of a party that is known");
    }
  }

  /**
   * Takes a party's key into roster and records.
   *
   * @return false when the party is known with another key
   */
  public boolean bring(Party party) {
    boolean taken = ports.roster.party(party);
    if (taken) {
      ports.halves.fence(Hemisphere.LEFT).ifPresent(fence -> record(party, fence));
    }
    return taken;
  }

  private void record(Server server, long fence) {
    record("servers/" + server.id(), server.toBytes(), fence);
  }

  private void record(Party party, long fence) {
    record("parties/" + party.name(), party.envelope().body(), fence);
  }

  private void record(String path, byte[] value, long fence) {
    ports
        .records
        .write(path, value, fence)
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                log.warn("{} was not recorded: {}", path, problem.toString());
              }
            });
  }

  private static Envelope empty(int kind) {
    return new Envelope(kind, ReportsKinds.VERSION, new byte[0]);
  }
}
