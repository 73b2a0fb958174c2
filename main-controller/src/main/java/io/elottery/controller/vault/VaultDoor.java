package io.elottery.controller.vault;

import io.elottery.controller.peers.VaultGift;
import io.elottery.controller.peers.VaultState;
import io.elottery.controller.peers.VaultTaken;
import io.elottery.keyvault.pieces.Giver;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.pieces.PieceRefused;
import io.elottery.keyvault.pieces.PieceRefused.Why;
import io.elottery.keyvault.pieces.Unsealing;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.Lock;
import io.elottery.keyvault.vault.VaultHeader;
import io.elottery.keyvault.vault.VaultKeys;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This main's own vault: pieces are put in until a compartment opens. On main's loop; passphrases
 * are stretched beside it.
 */
final class VaultDoor {
  private static final Logger log = LoggerFactory.getLogger(VaultDoor.class);
  private static final String PIECE = "elp1-";

  private final VaultKeys keys;
  private final Executor disk;
  private final Executor loop;
  private final Runnable opened;
  private final Supplier<List<String>> tampered;
  private final Map<Compartment, Unsealing> unsealings = new EnumMap<>(Compartment.class);

  /**
   * @param disk for what takes long
   * @param opened told on the loop when a compartment opened
   */
  VaultDoor(
      VaultKeys keys,
      Executor disk,
      Executor loop,
      Runnable opened,
      Supplier<List<String>> tampered) {
    this.keys = keys;
    this.disk = disk;
    this.loop = loop;
    this.opened = opened;
    this.tampered = tampered;
  }

  /** Takes a piece or passphrase, or says why not; completes on the loop. */
  CompletableFuture<VaultTaken> give(VaultGift gift) {
    if (!gift.text().strip().startsWith(PIECE) && opensByPassphrase()) {
      return byPassphrase(gift.text().strip());
    }
    try {
      take(KeyPiece.parse(gift.text()), gift.giver());
      return CompletableFuture.completedFuture(new VaultTaken("", "", state()));
    } catch (PieceRefused refused) {
      return CompletableFuture.completedFuture(
          new VaultTaken(refused.why().name(), String.valueOf(refused.getMessage()), state()));
    }
  }

  /**
   * Which compartment the piece is of, if it is a genuine one; whether it is open does not matter.
   */
  Compartment prove(String text) throws PieceRefused {
    KeyPiece piece = KeyPiece.parse(text);
    Unsealing.prove(
        piece, piece.compartment(), keys.header().generation(), lock(piece.compartment()));
    return piece.compartment();
  }

  /** Forgets every key and every piece given. */
  void seal() {
    unsealings.clear();
    for (Compartment compartment : Compartment.values()) {
      if (keys.isOpen(compartment)) {
        keys.seal(compartment);
        log.warn("vault {}: open → sealed, because an officer sealed it", compartment.text());
      }
    }
  }

  /** Takes a newer header: pieces of the older one no longer count. */
  boolean renewed(VaultHeader header) {
    boolean newer = keys.renewed(header);
    if (newer) {
      unsealings.clear();
      log.info("vault: opens by pieces of generation {} from now on", header.generation());
    }
    return newer;
  }

  /** How it stands. */
  VaultState state() {
    Map<Compartment, VaultState.Part> parts = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      int needed = keys.header().pieces(compartment).map(Lock.Pieces::threshold).orElse(0);
      int given = Optional.ofNullable(unsealings.get(compartment)).map(Unsealing::given).orElse(0);
      parts.put(
          compartment,
          new VaultState.Part(keys.isOpen(compartment), given, needed, keys.waiting(compartment)));
    }
    return new VaultState(keys.header().generation(), parts, tampered.get());
  }

  private boolean opensByPassphrase() {
    return Arrays.stream(Compartment.values())
        .anyMatch(each -> keys.header().pieces(each).isEmpty());
  }

  private void take(KeyPiece piece, Giver giver) throws PieceRefused {
    Compartment compartment = piece.compartment();
    int generation = keys.header().generation();
    Lock.Pieces lock = lock(compartment);
    if (keys.isOpen(compartment)) {
      Unsealing.prove(piece, compartment, generation, lock);
      throw new PieceRefused(Why.OPEN, compartment.text() + " is open already");
    }
    Unsealing next =
        unsealings
            .getOrDefault(compartment, Unsealing.of(compartment, generation, lock))
            .with(piece, giver);
    unsealings.put(compartment, next);
    Optional<Secret> key = next.key();
    log.info(
        "vault {}: {} gave piece {} ({})",
        compartment.text(),
        giver.person(),
        piece.number(),
        next);
    if (key.isPresent()) {
      unsealings.remove(compartment);
      try {
        keys.open(compartment, key.get());
        log.info(
            "vault {}: sealed → open, because {} pieces were given",
            compartment.text(),
            lock.threshold());
        opened.run();
      } catch (SealBroken broken) {
        log.error(
            "vault {}: genuine pieces do not open it; its header was altered", compartment.text());
        throw new PieceRefused(Why.WRONG, "the pieces are genuine, but the header was altered");
      }
    }
  }

  private Lock.Pieces lock(Compartment compartment) throws PieceRefused {
    return keys.header()
        .pieces(compartment)
        .orElseThrow(
            () ->
                new PieceRefused(
                    Why.NO_PIECES,
                    "the vault's " + compartment.text() + " opens by a passphrase, not by pieces"));
  }

  private CompletableFuture<VaultTaken> byPassphrase(String passphrase) {
    CompletableFuture<VaultTaken> taken = new CompletableFuture<>();
    disk.execute(
        () -> {
          int now = openAll(passphrase);
          loop.execute(
              () -> {
                if (now > 0) {
                  opened.run();
                }
                taken.complete(
                    now > 0
                        ? new VaultTaken("", "", state())
                        : new VaultTaken(
                            Why.WRONG.name(),
                            "no sealed compartment opens by this passphrase",
                            state()));
              });
        });
    return taken;
  }

  private int openAll(String passphrase) {
    int opening = 0;
    for (Compartment compartment : Compartment.values()) {
      if (!passphrase.isEmpty()
          && !keys.isOpen(compartment)
          && keys.header().pieces(compartment).isEmpty()) {
        try {
          keys.open(Map.of(compartment, passphrase));
          log.info("vault {}: sealed → open, because its passphrase was given", compartment.text());
          opening++;
        } catch (SealBroken another) {
          log.debug("vault {}: the passphrase is another's", compartment.text());
        }
      }
    }
    return opening;
  }
}
