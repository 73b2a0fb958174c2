package io.elottery.reports.roster;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.order.Lead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Roster ↔ bytes. Format 2 is written; format 1, which knows no locations, is read as well. */
final class RosterCodec {
  private static final int FORMAT = 2;
  private static final int WITHOUT_LOCATIONS = 1;
  private static final int SERVERS_MAX = 10_000;

  private RosterCodec() {}

  static byte[] write(Roster roster) {
    WireWriter out = new WireWriter(1024);
    out.u8(FORMAT).i64(roster.fence()).i64(roster.version());
    out.varint(roster.mains().size());
    for (RosterMain main : roster.mains()) {
      out.text(main.id().name()).text(main.address().toString());
    }
    out.varint(roster.leads().size());
    roster.leads().forEach(lead -> lead.writeTo(out));
    out.varint(roster.workers().size());
    for (RosterWorker worker : roster.workers()) {
      out.text(worker.id().name()).u8(worker.hemisphere().ordinal());
      out.text(worker.location().datacentre()).text(worker.location().zone());
      out.text(worker.trunk().map(Address::toString).orElse(""));
      out.text(worker.link().map(Address::toString).orElse(""));
      ids(out, worker.neighbours());
    }
    ids(out, roster.gateways());
    out.bytes(roster.ring());
    out.varint(roster.parties().size());
    roster.parties().forEach(party -> party.writeTo(out));
    return out.toBytes();
  }

  static Roster read(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT && format != WITHOUT_LOCATIONS) {
      throw new MalformedMessage("roster format " + format + ": expected " + FORMAT);
    }
    try {
      long fence = in.i64();
      long version = in.i64();
      List<RosterMain> mains = new ArrayList<>();
      for (int i = in.count(SERVERS_MAX); i > 0; i--) {
        mains.add(new RosterMain(NodeId.of(in.text()), Address.parse(in.text())));
      }
      List<Lead> leads = new ArrayList<>();
      for (int i = in.count(Hemisphere.values().length); i > 0; i--) {
        leads.add(Lead.readFrom(in));
      }
      List<RosterWorker> workers = new ArrayList<>();
      for (int i = in.count(SERVERS_MAX); i > 0; i--) {
        workers.add(worker(in, format));
      }
      List<NodeId> gateways = ids(in);
      byte[] ring = in.bytes();
      List<Party> parties = new ArrayList<>();
      for (int i = in.count(SERVERS_MAX); i > 0; i--) {
        parties.add(Party.readFrom(in));
      }
      in.done();
      return new Roster(fence, version, mains, leads, workers, gateways, ring, parties);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("roster: " + wrong.getMessage());
    }
  }

  private static RosterWorker worker(WireReader in, int format) throws MalformedMessage {
    NodeId id = NodeId.of(in.text());
    Hemisphere hemisphere = in.bool() ? Hemisphere.RIGHT : Hemisphere.LEFT;
    Location location =
        format == WITHOUT_LOCATIONS ? Location.UNKNOWN : new Location(in.text(), in.text());
    return new RosterWorker(id, hemisphere, location, address(in), address(in), ids(in));
  }

  static Optional<Address> address(WireReader in) throws MalformedMessage {
    String text = in.text();
    return text.isEmpty() ? Optional.empty() : Optional.of(Address.parse(text));
  }

  private static void ids(WireWriter out, List<NodeId> ids) {
    out.varint(ids.size());
    ids.forEach(id -> out.text(id.name()));
  }

  private static List<NodeId> ids(WireReader in) throws MalformedMessage {
    List<NodeId> ids = new ArrayList<>();
    for (int i = in.count(SERVERS_MAX); i > 0; i--) {
      ids.add(NodeId.of(in.text()));
    }
    return ids;
  }
}
