package io.elottery.keyvault.vault;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import io.elottery.keyvault.secret.Secret;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The keys of the open compartments: in memory only, gone with the process or by {@link #seal}.
 *
 * <p>Any thread: main's loop opens and seals, the registry's threads use the keys. Readers see one
 * immutable state and never wait.
 */
public final class VaultKeys {
  private static final int WAITING_MAX = 100;

  private final RandomSource random;
  // Replaced on main's loop, but what waits is noted by the registry's threads.
  private final AtomicReference<State> state;

  private record State(
      VaultHeader header,
      Map<Compartment, Opened> open,
      Map<Compartment, TreeSet<String>> waiting) {
    State copy() {
      Map<Compartment, TreeSet<String>> waits = new EnumMap<>(Compartment.class);
      waiting.forEach((compartment, words) -> waits.put(compartment, new TreeSet<>(words)));
      Map<Compartment, Opened> opened = new EnumMap<>(Compartment.class);
      opened.putAll(open);
      return new State(header, opened, waits);
    }
  }

  private record Opened(Secret key, Sealer sealer) {}

  private VaultKeys(VaultHeader header, RandomSource random) {
    this.random = random;
    this.state =
        new AtomicReference<>(
            new State(header, new EnumMap<>(Compartment.class), new EnumMap<>(Compartment.class)));
  }

  /** With every compartment sealed. */
  public static VaultKeys sealed(VaultHeader header, RandomSource random) {
    return new VaultKeys(header, random);
  }

  /** How the compartments open, as far as this main knows. */
  public VaultHeader header() {
    return now().header;
  }

  /** Whether the compartment's key is here. */
  public boolean isOpen(Compartment compartment) {
    return now().open.containsKey(compartment);
  }

  /** Whether all compartments are open. */
  public boolean isOpen() {
    return now().open.size() == Compartment.values().length;
  }

  /** Seals and opens the compartment's records. */
  public Sealer sealer(Compartment compartment) throws VaultSealed {
    Opened opened = now().open.get(compartment);
    if (opened == null) {
      throw new VaultSealed(compartment);
    }
    return opened.sealer;
  }

  /**
   * Opens a compartment by what unwraps its key: the joined pieces, or what Argon2id made.
   *
   * @throws SealBroken when that is another vault's, or wrong
   */
  public void open(Compartment compartment, Secret unsealKey) throws SealBroken {
    VaultHeader header = header();
    byte[] key =
        Sealer.fromKey(unsealKey, random)
            .open(context(compartment, header.generation()), header.lock(compartment).wrapped());
    put(compartment, Secret.of(key));
  }

  /**
   * Opens by passphrases; a compartment without one, or that opens by pieces, stays sealed. Equal
   * passphrases are stretched once. Takes as long as the header's parameters say.
   */
  public void open(Map<Compartment, String> passphrases) throws SealBroken {
    Map<String, Secret> stretched = new TreeMap<>();
    for (Map.Entry<Compartment, String> each : passphrases.entrySet()) {
      VaultHeader header = header();
      if (header.pieces(each.getKey()).isPresent() || header.kdf().isEmpty()) {
        continue;
      }
      open(
          each.getKey(),
          stretched.computeIfAbsent(
              each.getValue(), passphrase -> header.kdf().get().key(passphrase)));
    }
  }

  /** Forgets the compartment's key. */
  public void seal(Compartment compartment) {
    change(
        next -> {
          next.open.remove(compartment);
          return next;
        });
  }

  /**
   * Takes a newer header; what is open stays open.
   *
   * @return false when it is not newer
   */
  public boolean renewed(VaultHeader header) {
    boolean newer = header.generation() > header().generation();
    if (newer) {
      change(next -> new State(header, next.open, next.waiting));
    }
    return newer;
  }

  /** Notes what could not be done because the compartment is sealed; forgotten when it opens. */
  void waits(Compartment compartment, String words) {
    change(
        next -> {
          TreeSet<String> waiting =
              next.waiting.computeIfAbsent(compartment, none -> new TreeSet<>());
          if (waiting.size() < WAITING_MAX) {
            waiting.add(words);
          }
          return next;
        });
  }

  /** What waits for the compartment, in words, at most {@value #WAITING_MAX}. */
  public List<String> waiting(Compartment compartment) {
    return Optional.ofNullable(now().waiting.get(compartment)).map(List::copyOf).orElse(List.of());
  }

  /**
   * The next generation's header: the same keys under fresh pieces. Taken by {@link #renewed} once
   * it is stored.
   *
   * @throws VaultSealed when a compartment is sealed: its key cannot be wrapped anew
   */
  public CutVault cut(int pieces, int threshold) throws VaultSealed {
    return CutVault.of(header().generation() + 1, keys(), pieces, threshold, random);
  }

  private Map<Compartment, Secret> keys() throws VaultSealed {
    Map<Compartment, Secret> keys = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      Opened opened = now().open.get(compartment);
      if (opened == null) {
        throw new VaultSealed(compartment);
      }
      keys.put(compartment, opened.key);
    }
    return keys;
  }

  void put(Compartment compartment, Secret key) {
    Opened opened = new Opened(key, Sealer.fromKey(key, random));
    change(
        next -> {
          next.open.put(compartment, opened);
          next.waiting.remove(compartment);
          return next;
        });
  }

  static String context(Compartment compartment, int generation) {
    return "vault-header/" + compartment.text() + "/g" + generation;
  }

  @Override
  public String toString() {
    return "VaultKeys[" + now().open.keySet() + " open, " + Secret.HIDDEN + "]";
  }

  private void change(UnaryOperator<State> step) {
    state.updateAndGet(before -> step.apply(before.copy()));
  }

  private State now() {
    return Optional.ofNullable(state.get()).orElseThrow();
  }
}
