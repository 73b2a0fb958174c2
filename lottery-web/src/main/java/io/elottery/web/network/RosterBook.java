package io.elottery.web.network;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.order.FenceGate;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest roster and its ring, kept on disk so that the gateway starts with main away; refuses
 * what comes under an older fence. On the gateway's loop.
 */
final class RosterBook {
  private static final Logger log = LoggerFactory.getLogger(RosterBook.class);

  private final Path file;
  private final FenceGate gate = new FenceGate();
  private Roster roster = Roster.EMPTY;
  private Optional<Ring> ring = Optional.empty();

  RosterBook(Path dir) {
    this.file = dir.resolve("roster.bin");
  }

  Roster roster() {
    return roster;
  }

  /** Empty until one was placed and received. */
  Optional<Ring> ring() {
    return ring;
  }

  long highestFence() {
    return gate.highest();
  }

  /** Hears that a main leads. */
  void admits(Lead lead) {
    gate.admits(lead.hemisphere(), lead.fence());
  }

  /** Takes the last one kept, if there is one that can be read. */
  void load() {
    try {
      if (Files.exists(file)) {
        take(RosterRecord.parse(Files.readAllBytes(file)));
      }
    } catch (IOException | MalformedMessage unreadable) {
      log.warn("{} is not used, main sends a fresh roster: {}", file, unreadable.getMessage());
    }
  }

  /** Takes a newer one and keeps it; false for any other. */
  boolean offer(Roster fresh) {
    if (!fresh.newerThan(roster) || !gate.admits(Hemisphere.LEFT, fresh.fence())) {
      return false;
    }
    take(fresh);
    save(fresh);
    return true;
  }

  private void take(Roster fresh) {
    roster = fresh;
    gate.admits(Hemisphere.LEFT, fresh.fence());
    byte[] bytes = fresh.ring();
    try {
      ring = bytes.length == 0 ? Optional.empty() : Optional.of(Ring.decode(bytes));
    } catch (MalformedMessage malformed) {
      log.warn("the roster's ring cannot be read, kept the one before: {}", malformed.getMessage());
    }
  }

  // A failure is logged: the roster in memory is good, and main sends it again.
  private void save(Roster fresh) {
    Path fresher = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresher, RosterRecord.of(fresh));
      Files.move(
          fresher, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      log.warn("{} cannot be written: {}", file, failed.toString());
    }
  }
}
