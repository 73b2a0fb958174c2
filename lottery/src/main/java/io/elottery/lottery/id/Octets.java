package io.elottery.lottery.id;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An unchangeable string of bytes that compares by content: a hash, a key, a signature, a leaf. */
public final class Octets implements Comparable<Octets> {
  /** No byte at all. */
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  /** These bytes themselves: the caller never changes them again. */
  public static Octets wrap(byte[] bytes) {
    return new Octets(bytes);
  }

  /**
   * Reads lower or upper case hex.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Octets ofHex(String hex) {
    return new Octets(HexFormat.of().parseHex(hex));
  }

  /**
   * Reads padded base64.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Octets ofBase64(String base64) {
    return new Octets(Base64.getDecoder().decode(base64));
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** How many bytes. */
  public int size() {
    return bytes.length;
  }

  /** Lower case hex. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Padded base64. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Checks the length.
   *
   * @param what names it in the message
   * @throws IllegalArgumentException when it has another length
   */
  public Octets ofSize(int expected, String what) {
    if (bytes.length != expected) {
      throw new IllegalArgumentException(
          what + " of " + bytes.length + " bytes: expected " + expected);
    }
    return this;
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its size and first bytes only: some octets are nobody else's business. */
  @Override
  public String toString() {
    return "Octets[" + bytes.length + "]";
  }
}
