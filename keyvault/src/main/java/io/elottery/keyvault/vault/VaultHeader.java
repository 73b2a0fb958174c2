package io.elottery.keyvault.vault;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.seal.PassphraseKdf;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each compartment opens: not secret, and useless without pieces or passphrase. Renewed pieces
 * make a new generation with the same keys under new locks.
 *
 * @param generation from 1; a main takes a higher one only
 * @param kdf how passphrases become keys, where a lock needs one
 * @param locks one for each compartment
 */
public record VaultHeader(
    int generation, Optional<PassphraseKdf> kdf, Map<Compartment, Lock> locks) {
  private static final int FORMAT = 1;
  private static final int PASSPHRASE = 1;
  private static final int PIECES = 2;
  private static final int PIECES_MAX = 255;

  /** Checks and copies. */
  public VaultHeader {
    locks = Map.copyOf(new EnumMap<>(locks));
    if (generation < 1 || locks.size() != Compartment.values().length) {
      throw new IllegalArgumentException(
          "header of generation " + generation + " with " + locks.size() + " locks");
    }
    boolean asks = locks.values().stream().anyMatch(VaultHeader::isPassphrase);
    if (asks && kdf.isEmpty()) {
      throw new IllegalArgumentException("a passphrase lock without Argon2id parameters");
    }
  }

  /** The compartment's lock. */
  public Lock lock(Compartment compartment) {
    return Optional.ofNullable(locks.get(compartment)).orElseThrow();
  }

  /** The compartment's lock, where it opens by pieces. */
  public Optional<Lock.Pieces> pieces(Compartment compartment) {
    return lock(compartment)
        .match(
            new Lock.Cases<Optional<Lock.Pieces>>() {
              @Override
              public Optional<Lock.Pieces> passphrase(Lock.Passphrase lock) {
                return Optional.empty();
              }

              @Override
              public Optional<Lock.Pieces> pieces(Lock.Pieces lock) {
                return Optional.of(lock);
              }
            });
  }

  /** Its bytes. */
  public byte[] encoded() {
    WireWriter out = new WireWriter(512).u8(FORMAT).i32(generation).bool(kdf.isPresent());
    kdf.ifPresent(each -> each.writeTo(out));
    for (Compartment compartment : Compartment.values()) {
      lock(compartment).match(new Writing(out));
    }
    return out.toBytes();
  }

  /** Reads {@link #encoded}. */
  public static VaultHeader decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("vault header: format " + format + " is not known");
    }
    try {
      int generation = in.i32();
      Optional<PassphraseKdf> kdf =
          in.bool() ? Optional.of(PassphraseKdf.readFrom(in)) : Optional.empty();
      Map<Compartment, Lock> locks = new EnumMap<>(Compartment.class);
      for (Compartment compartment : Compartment.values()) {
        locks.put(compartment, lock(in));
      }
      in.done();
      return new VaultHeader(generation, kdf, locks);
    } catch (IllegalArgumentException outOfRange) {
      throw new MalformedMessage("vault header: " + outOfRange.getMessage());
    }
  }

  private static Lock lock(WireReader in) throws MalformedMessage {
    int kind = in.u8();
    switch (kind) {
      case PASSPHRASE:
        return new Lock.Passphrase(in.bytes());
      case PIECES:
        int threshold = in.u8();
        List<byte[]> commitments = new ArrayList<>();
        for (int left = in.count(PIECES_MAX); left > 0; left--) {
          commitments.add(in.raw(32));
        }
        return new Lock.Pieces(threshold, commitments, in.bytes());
      default:
        throw new MalformedMessage("lock of kind " + kind + ": expected 1 or 2");
    }
  }

  private static boolean isPassphrase(Lock lock) {
    return lock.match(
        new Lock.Cases<Boolean>() {
          @Override
          public Boolean passphrase(Lock.Passphrase each) {
            return true;
          }

          @Override
          public Boolean pieces(Lock.Pieces each) {
            return false;
          }
        });
  }

  private record Writing(WireWriter out) implements Lock.Cases<WireWriter> {
    @Override
    public WireWriter passphrase(Lock.Passphrase lock) {
      return out.u8(PASSPHRASE).bytes(lock.wrapped());
    }

    @Override
    public WireWriter pieces(Lock.Pieces lock) {
      out.u8(PIECES).u8(lock.threshold()).varint(lock.commitments().size());
      lock.commitments().forEach(out::raw);
      return out.bytes(lock.wrapped());
    }
  }
}
