package io.elottery.keyvault.revocation;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest revocation list one server knows. Counts from the moment it is taken; kept on the disk
 * for the next start, on the disk's own thread: cutting a stolen key does not wait for a disk.
 *
 * <p>Any thread. A list with no higher version than the one held is ignored.
 */
public final class Revocations {
  private static final Logger log = LoggerFactory.getLogger(Revocations.class);

  private final Path file;
  private final Executor disk;
  // Written under the lock of this object; read by the threads of every connection.
  private volatile RevocationList current;
  private final List<Consumer<RevocationList>> listeners = new CopyOnWriteArrayList<>();

  private Revocations(Path file, Executor disk, RevocationList current) {
    this.file = file;
    this.disk = disk;
    this.current = current;
  }

  /**
   * Reads what was kept. A file that cannot be read is named and passed over: the server starts,
   * and gets the list with its first connection to a main, before it is given anything else to do.
   *
   * @param disk where the file is written, in order
   */
  public static Revocations open(Path file, Executor disk) {
    RevocationList kept = RevocationList.NONE;
    if (Files.exists(file)) {
      try {
        kept = RevocationList.decoded(OwnerOnlyFiles.read(file));
      } catch (IOException | MalformedMessage unreadable) {
        log.error("{} cannot be read, asked from main: {}", file, unreadable.getMessage());
      }
    }
    return new Revocations(file, disk, kept);
  }

  /** The newest one. */
  public RevocationList current() {
    return current;
  }

  /** Why this certificate is not accepted, in words for our log; empty when it is. */
  public Optional<String> refusal(X509Certificate certificate) {
    return current()
        .of(certificate)
        .map(entry -> "its key is revoked since " + entry.since() + ": " + entry.why());
  }

  /** Told of each newer list, on the thread that brought it, before the disk has it. */
  public void onChange(Consumer<RevocationList> listener) {
    listeners.add(listener);
  }

  /** Takes a list where its version is higher; false when it is not. */
  public boolean offer(RevocationList offered) {
    long before;
    synchronized (this) {
      before = current.version();
      if (offered.version() <= before) {
        return false;
      }
      current = offered;
    }
    log.info("revocations {} → {}: {}", before, offered.version(), offered);
    listeners.forEach(listener -> listener.accept(offered));
    disk.execute(this::write);
    return true;
  }

  /** Takes lists from mains that send them over this board. */
  public void serveOn(Switchboard board) {
    board.serve(KeyvaultKinds.REVOCATIONS, this::came);
  }

  /** The answer to a list: which version counts here now. */
  public Envelope taken() {
    byte[] body = new WireWriter().i64(current().version()).toBytes();
    return new Envelope(KeyvaultKinds.REVOCATIONS_TAKEN, KeyvaultKinds.VERSION, body);
  }

  private void came(Peer from, Envelope envelope, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN) {
      answer.refuse("NOT_ALLOWED", "only mains say which keys are revoked");
      return;
    }
    try {
      offer(RevocationList.decoded(envelope.body()));
      answer.reply(taken());
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  // Writes what counts when its turn comes, so an older one never overwrites a newer one.
  private void write() {
    try {
      OwnerOnlyFiles.write(file, current().encoded());
    } catch (IOException failed) {
      log.error("{} not written, it counts until the next start: {}", file, failed.getMessage());
    }
  }
}
