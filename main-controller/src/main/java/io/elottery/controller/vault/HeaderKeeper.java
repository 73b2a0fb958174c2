package io.elottery.controller.vault;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.vault.HeaderFile;
import io.elottery.keyvault.vault.SignedRecords;
import io.elottery.keyvault.vault.VaultHeader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the vault's newest header from the signed record to the door and into this main's
 * directory. On main's loop; the file is written beside it.
 */
final class HeaderKeeper {
  private static final Logger log = LoggerFactory.getLogger(HeaderKeeper.class);
  private static final String RECORD = "vault-header";

  private final SignedRecords office;
  private final HeaderFile file;
  private final VaultDoor door;
  private final Executor loop;
  private final Executor disk;

  HeaderKeeper(
      SignedRecords office, HeaderFile file, VaultDoor door, Executor loop, Executor disk) {
    this.office = office;
    this.file = file;
    this.door = door;
    this.loop = loop;
    this.disk = disk;
  }

  /** Reads the record and takes it where it is newer. */
  void look() {
    office
        .read(RECORD)
        .whenComplete(
            (found, problem) ->
                loop.execute(
                    () -> {
                      if (found != null) {
                        found.ifPresent(this::take);
                      } else {
                        log.debug("header not read: {}", String.valueOf(problem));
                      }
                    }));
  }

  /** Records a newer header, then takes it; completes on the loop. */
  CompletableFuture<Void> record(VaultHeader header) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    office
        .write(RECORD, header.encoded())
        .whenComplete(
            (written, problem) ->
                loop.execute(
                    () -> {
                      if (problem != null) {
                        done.completeExceptionally(problem);
                      } else {
                        keep(header);
                        done.complete(null);
                      }
                    }));
    return done;
  }

  private void take(byte[] bytes) {
    try {
      keep(VaultHeader.decoded(bytes));
    } catch (MalformedMessage newer) {
      log.error("the vault's header is not known to this version: {}", newer.getMessage());
    }
  }

  private void keep(VaultHeader header) {
    if (door.renewed(header)) {
      disk.execute(
          () -> {
            try {
              file.write(header);
            } catch (IOException problem) {
              log.error("{} cannot be written: {}", file, problem.getMessage());
            }
          });
    }
  }
}
