package io.elottery.keyvault.vault;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.bouncycastle.Shamir;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.seal.PassphraseKdf;
import io.elottery.keyvault.seal.Sealer;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A vault's header as it is made, with the pieces that open it: these are shown once and kept
 * nowhere.
 *
 * @param pieces by compartment, then by number; none where a passphrase opens it
 */
public record CutVault(VaultHeader header, List<KeyPiece> pieces) {
  private static final int KEY_LENGTH = 32;

  /** Copies. */
  public CutVault {
    pieces = List.copyOf(pieces);
  }

  /** Three fresh compartment keys, all open, for a new network. */
  public static Map<Compartment, Secret> freshKeys(RandomSource random) {
    Map<Compartment, Secret> keys = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      keys.put(compartment, Secret.random(random, KEY_LENGTH));
    }
    return keys;
  }

  /** A fresh vault, open, that nobody can open again: for simulations and tests. */
  public static VaultKeys openForNow(RandomSource random) {
    Map<Compartment, Secret> keys = freshKeys(random);
    return of(1, keys, 2, 2, random).opened(keys, random);
  }

  /** The keys, each under an unseal key of its own that is cut into pieces. */
  public static CutVault of(
      int generation,
      Map<Compartment, Secret> keys,
      int pieces,
      int threshold,
      RandomSource random) {
    Map<Compartment, Lock> locks = new EnumMap<>(Compartment.class);
    List<KeyPiece> all = new ArrayList<>();
    for (Compartment compartment : Compartment.values()) {
      Secret unsealKey = Secret.random(random, KEY_LENGTH);
      List<byte[]> commitments = new ArrayList<>();
      List<Secret> shares = Shamir.split(unsealKey, threshold, pieces, random);
      for (int i = 0; i < shares.size(); i++) {
        KeyPiece piece = new KeyPiece(compartment, generation, i + 1, pieces, shares.get(i));
        commitments.add(piece.commitment());
        all.add(piece);
      }
      locks.put(
          compartment,
          new Lock.Pieces(
              threshold, commitments, wrap(compartment, generation, unsealKey, keys, random)));
    }
    return new CutVault(new VaultHeader(generation, Optional.empty(), locks), all);
  }

  /** The keys, each under its passphrase; equal passphrases are stretched once. */
  public static CutVault of(
      int generation,
      Map<Compartment, Secret> keys,
      Map<Compartment, String> passphrases,
      KdfCost cost,
      RandomSource random) {
    PassphraseKdf kdf = PassphraseKdf.fresh(cost, random);
    Map<String, Secret> stretched = new TreeMap<>();
    Map<Compartment, Lock> locks = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      String passphrase = Optional.ofNullable(passphrases.get(compartment)).orElseThrow();
      Secret unsealKey = stretched.computeIfAbsent(passphrase, kdf::key);
      locks.put(
          compartment, new Lock.Passphrase(wrap(compartment, generation, unsealKey, keys, random)));
    }
    return new CutVault(new VaultHeader(generation, Optional.of(kdf), locks), List.of());
  }

  /** The header's keys, open. */
  public VaultKeys opened(Map<Compartment, Secret> keys, RandomSource random) {
    VaultKeys opened = VaultKeys.sealed(header, random);
    keys.forEach(opened::put);
    return opened;
  }

  private static byte[] wrap(
      Compartment compartment,
      int generation,
      Secret unsealKey,
      Map<Compartment, Secret> keys,
      RandomSource random) {
    Secret key = Optional.ofNullable(keys.get(compartment)).orElseThrow();
    return Sealer.fromKey(unsealKey, random)
        .seal(VaultKeys.context(compartment, generation), key.reveal(SecretAccess.KEYVAULT));
  }
}
