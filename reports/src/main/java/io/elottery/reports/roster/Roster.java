package io.elottery.reports.roster;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who is in the network and where: written by LEFT's acting leader, pushed by every main to every
 * server on each change, kept on disk by each so that it starts with main away.
 *
 * <p>All lists are ascending by id. A server takes a roster only when it is {@link #newerThan} the
 * one it has and its gate admits LEFT's fence.
 *
 * @param fence of LEFT's leader who wrote it; 0 only in {@link #EMPTY}
 * @param version grows with each change under one fence
 * @param leads who acts for which hemisphere; at most one each
 * @param ring the ledger's ring as its codec wrote it; empty until placed
 * @param parties the auditors' and hemispheres' public keys
 */
public record Roster(
    long fence,
    long version,
    List<RosterMain> mains,
    List<Lead> leads,
    List<RosterWorker> workers,
    List<NodeId> gateways,
    byte[] ring,
    List<Party> parties) {
  /** The one before any was received. */
  public static final Roster EMPTY =
      new Roster(0, 0, List.of(), List.of(), List.of(), List.of(), new byte[0], List.of());

  /** Sorts and copies. */
  public Roster {
    mains = mains.stream().sorted(Comparator.comparing(RosterMain::id)).toList();
    leads = leads.stream().sorted(Comparator.comparing(Lead::hemisphere)).toList();
    workers = workers.stream().sorted(Comparator.comparing(RosterWorker::id)).toList();
    gateways = gateways.stream().sorted().toList();
    ring = ring.clone();
    parties = parties.stream().sorted(Comparator.comparing(Party::name)).toList();
  }

  @Override
  public byte[] ring() {
    return ring.clone();
  }

  /** Whether this one replaces the other. */
  public boolean newerThan(Roster other) {
    return fence != other.fence ? fence > other.fence : version > other.version;
  }

  /** The worker of this name. */
  public Optional<RosterWorker> worker(NodeId id) {
    for (RosterWorker worker : workers) {
      if (worker.id().equals(id)) {
        return Optional.of(worker);
      }
    }
    return Optional.empty();
  }

  /** Who acts for the hemisphere. */
  public Optional<Lead> lead(Hemisphere hemisphere) {
    return leads.stream().filter(lead -> lead.hemisphere() == hemisphere).findFirst();
  }

  /** Its bytes ({@code docs/formats/reports.md}), for the wire and the disk. */
  public byte[] toBytes() {
    return RosterCodec.write(this);
  }

  /** Reads {@link #toBytes}. */
  public static Roster parse(byte[] bytes) throws MalformedMessage {
    return RosterCodec.read(bytes);
  }

  /** As a message, kind {@link ReportsKinds#ROSTER}. */
  public Envelope envelope() {
    return new Envelope(ReportsKinds.ROSTER, ReportsKinds.VERSION, toBytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roster that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }
}
