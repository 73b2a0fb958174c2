package io.elottery.worker.roster;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.RosterFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rosters and leads from mains, refuses older ones, and keeps the last roster on disk. On the
 * supervision loop; the first roster is read from disk when the desk is made.
 */
public final class RosterDesk {
  private static final Logger log = LoggerFactory.getLogger(RosterDesk.class);

  private final NodeId self;
  private final RosterFile file;
  private final Disk disk;
  private final FenceDesk fences;
  private final Map<Hemisphere, NodeId> leaders = new EnumMap<>(Hemisphere.class);
  private final List<Consumer<Roster>> listeners = new ArrayList<>();
  private Roster current;
  private Optional<Ring> ring;

  /** Reads what was kept. */
  public RosterDesk(NodeId self, RosterFile file, FenceDesk fences, Disk disk) {
    this.self = self;
    this.file = file;
    this.fences = fences;
    this.disk = disk;
    this.current = file.read();
    this.ring = ringOf(current);
    admits(Hemisphere.LEFT, current.fence());
    current.leads().forEach(this::heard);
  }

  /** Takes the roster's kinds from the switchboard. */
  public void serve(Switchboard board) {
    board.on(ReportsKinds.ROSTER, this::received).on(ReportsKinds.LEAD, this::lead);
  }

  /** Told of every roster taken, on the loop. */
  public void onChange(Consumer<Roster> listener) {
    listeners.add(listener);
  }

  /** The newest one; {@link Roster#EMPTY} before any. */
  public Roster current() {
    return current;
  }

  /** The ring in it, once shards are placed. */
  public Optional<Ring> ring() {
    return ring;
  }

  /** The half this worker belongs to, once it is known. */
  public Optional<Hemisphere> hemisphere() {
    return current.worker(self).map(RosterWorker::hemisphere);
  }

  /** Who acts for the hemisphere as far as known. */
  public Optional<NodeId> leader(Hemisphere hemisphere) {
    return Optional.ofNullable(leaders.get(hemisphere));
  }

  /** Whether what comes under this fence may pass. */
  public boolean admits(Hemisphere hemisphere, long fence) {
    return fences.admits(hemisphere, fence);
  }

  /** The highest fence seen at all. */
  public long highestFence() {
    return fences.highest();
  }

  private void received(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    Roster roster = Roster.parse(envelope.body());
    if (roster.newerThan(current) && admits(Hemisphere.LEFT, roster.fence())) {
      take(roster);
    } else if (!roster.equals(current)) {
      log.debug("roster {}/{} of {} is old", roster.fence(), roster.version(), from);
    }
  }

  private static void onlyMain(Peer from) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
  }

  private void take(Roster roster) {
    log.info(
        "roster {}/{} → {}/{}",
        current.fence(),
        current.version(),
        roster.fence(),
        roster.version());
    current = roster;
    ring = ringOf(roster).or(() -> ring);
    roster.leads().forEach(this::heard);
    disk.run(
            () -> {
              file.write(roster);
              return roster;
            })
        .whenComplete(
            (written, problem) -> {
              if (problem != null) {
                // The roster in memory counts; the next one is written again.
                log.warn("roster {} not kept: {}", roster.version(), problem.toString());
              }
            });
    listeners.forEach(listener -> listener.accept(roster));
  }

  private void lead(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    heard(Lead.parse(envelope.body()));
  }

  private void heard(Lead lead) {
    if (admits(lead.hemisphere(), lead.fence())) {
      NodeId before = leaders.put(lead.hemisphere(), lead.leader());
      if (!lead.leader().equals(before)) {
        log.info(
            "{}: leader {} → {} under fence {}",
            lead.hemisphere(),
            before,
            lead.leader(),
            lead.fence());
      }
    }
  }

  private static Optional<Ring> ringOf(Roster roster) {
    byte[] bytes = roster.ring();
    if (bytes.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Ring.decode(bytes));
    } catch (MalformedMessage malformed) {
      log.warn("the roster's ring cannot be read: {}", malformed.getMessage());
      return Optional.empty();
    }
  }
}
