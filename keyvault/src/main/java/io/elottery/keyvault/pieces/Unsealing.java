package io.elottery.keyvault.pieces;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.keyvault.bouncycastle.Shamir;
import io.elottery.keyvault.pieces.PieceRefused.Why;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.Lock;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One compartment being opened, piece by piece, each from another person.
 *
 * <pre>
 *   k-1 or fewer given: no key   --piece k-->   the key
 * </pre>
 *
 * <p>A piece that does not fit is refused at once by its commitment and changes nothing, so one
 * wrong piece never spoils the others. Immutable; in memory only.
 */
public final class Unsealing {
  private final Compartment compartment;
  private final int generation;
  private final Lock.Pieces lock;
  private final SortedMap<Integer, Given> given;

  private record Given(String person, Secret share) {}

  private Unsealing(
      Compartment compartment, int generation, Lock.Pieces lock, SortedMap<Integer, Given> given) {
    this.compartment = compartment;
    this.generation = generation;
    this.lock = lock;
    this.given = given;
  }

  /** With nothing given. */
  public static Unsealing of(Compartment compartment, int generation, Lock.Pieces lock) {
    return new Unsealing(compartment, generation, lock, new TreeMap<>());
  }

  /** With one piece more. */
  public Unsealing with(KeyPiece piece, Giver giver) throws PieceRefused {
    prove(piece, compartment, generation, lock);
    if (given.containsKey(piece.number())) {
      throw new PieceRefused(
          Why.GIVEN_BEFORE, "piece " + piece.number() + " was given already; give another one");
    }
    if (given.values().stream().anyMatch(other -> giver.isSame(other.person))) {
      throw new PieceRefused(
          Why.SAME_PERSON,
          giver.person()
              + " gave a piece of "
              + compartment.text()
              + " already: each comes from another person");
    }
    Optional<Hemisphere> other = half().map(Hemisphere::other);
    if (other.isPresent() && other.equals(giver.set())) {
      throw new PieceRefused(
          Why.OTHER_SET,
          giver.person()
              + " gives pieces for "
              + other.get()
              + ": nobody helps to open both halves' secrets");
    }
    SortedMap<Integer, Given> more = new TreeMap<>(given);
    more.put(piece.number(), new Given(giver.person(), piece.share()));
    return new Unsealing(compartment, generation, lock, more);
  }

  /**
   * Whether this is a genuine piece of the compartment now; needs no other piece.
   *
   * @throws PieceRefused saying why not
   */
  public static void prove(
      KeyPiece piece, Compartment compartment, int generation, Lock.Pieces lock)
      throws PieceRefused {
    if (piece.generation() != generation) {
      throw new PieceRefused(
          Why.OTHER_GENERATION,
          "the piece is of generation "
              + piece.generation()
              + ", the vault of "
              + generation
              + ": pieces were renewed");
    }
    List<byte[]> commitments = lock.commitments();
    if (piece.compartment() != compartment
        || piece.pieces() != commitments.size()
        || !MessageDigest.isEqual(piece.commitment(), commitments.get(piece.number() - 1))) {
      throw new PieceRefused(
          Why.WRONG, "the piece is not one of this vault's " + compartment.text() + " pieces");
    }
  }

  /** The key that unwraps the compartment's, once enough pieces were given. */
  public Optional<Secret> key() {
    if (given.size() < lock.threshold()) {
      return Optional.empty();
    }
    SortedMap<Integer, Secret> shares = new TreeMap<>();
    given.forEach((number, each) -> shares.put(number, each.share));
    return Optional.of(Shamir.join(shares));
  }

  /** How many were given. */
  public int given() {
    return given.size();
  }

  /** How many are needed. */
  public int threshold() {
    return lock.threshold();
  }

  /** The half whose draw secret it holds. */
  public Optional<Hemisphere> half() {
    return half(compartment);
  }

  /** The half whose draw secret the compartment holds. */
  public static Optional<Hemisphere> half(Compartment compartment) {
    return switch (compartment) {
      case NETWORK -> Optional.empty();
      case LEFT -> Optional.of(Hemisphere.LEFT);
      case RIGHT -> Optional.of(Hemisphere.RIGHT);
    };
  }

  @Override
  public String toString() {
    return compartment.text() + " " + given.size() + "/" + lock.threshold();
  }
}
