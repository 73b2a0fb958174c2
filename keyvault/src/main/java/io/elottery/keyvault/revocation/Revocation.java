package io.elottery.keyvault.revocation;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.people.StaffMember;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One key that counts no more, whatever certificates it had or gets. Never taken back: the server
 * comes again with a new key.
 *
 * @param node whose it was
 * @param keyDigest lower-case hex SHA-256 of the SubjectPublicKeyInfo
 * @param serial lower-case hex of the certificate it was seen with
 * @param since when it was revoked; milliseconds
 * @param why as the officer put it
 * @param by the officer's name; empty where servers do not need to know
 * @param person who that is, as the staff book knows people; likewise
 * @param confirmedBy the second officer's name, empty until then
 */
public record Revocation(
    NodeId node,
    String keyDigest,
    String serial,
    Instant since,
    String why,
    String by,
    String person,
    String confirmedBy) {
  /** How long a second officer has to confirm it. */
  public static final Duration CONFIRM_WITHIN = Duration.ofMinutes(30);

  /** Characters of a reason at most. */
  public static final int WHY_MAX = 500;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,40}");
  private static final int ID_LENGTH = 16;

  /** Checks the forms. */
  public Revocation {
    if (!DIGEST.matcher(keyDigest).matches()
        || !SERIAL.matcher(serial).matches()
        || why.length() > WHY_MAX) {
      throw new IllegalArgumentException(
          "revocation of " + node + ": expected hex SHA-256, hex serial, a reason of at most 500");
    }
    since = Instant.ofEpochMilli(since.toEpochMilli());
  }

  /** Of the key in this certificate. */
  public static Revocation of(
      NodeId node, X509Certificate certificate, Instant since, String why, StaffMember by) {
    return new Revocation(
        node,
        digest(certificate.getPublicKey()),
        serial(certificate),
        since,
        why,
        by.name(),
        by.person(),
        "");
  }

  /** Lower-case hex SHA-256 of the key's SubjectPublicKeyInfo. */
  public static String digest(PublicKey key) {
    return Sha256.hex(key.getEncoded());
  }

  /** A certificate's serial as it stands here. */
  public static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16);
  }

  /** Its name for people: the beginning of the key's digest. */
  public String id() {
    return keyDigest.substring(0, ID_LENGTH);
  }

  /** The second officer, once one has confirmed it. */
  public Optional<String> confirmation() {
    return confirmedBy.isEmpty() ? Optional.empty() : Optional.of(confirmedBy);
  }

  /** Whether nobody has confirmed it though the time for that is over. */
  public boolean isOverdue(Instant now) {
    return confirmedBy.isEmpty() && !now.isBefore(since.plus(CONFIRM_WITHIN));
  }

  /** The same, confirmed. */
  public Revocation confirmed(String officer) {
    return new Revocation(node, keyDigest, serial, since, why, by, person, officer);
  }

  /** The same, without the names of people. */
  Revocation withoutPeople() {
    return new Revocation(node, keyDigest, serial, since, why, "", "", "");
  }

  /** Whether it says more about people than the other one does. */
  boolean saysMoreThan(Revocation other) {
    return (other.by.isEmpty() && !by.isEmpty())
        || (other.confirmedBy.isEmpty() && !confirmedBy.isEmpty());
  }

  void write(WireWriter out) {
    out.text(node.name())
        .text(keyDigest)
        .text(serial)
        .i64(since.toEpochMilli())
        .text(why)
        .text(by)
        .text(person)
        .text(confirmedBy);
  }

  static Revocation read(WireReader in) throws MalformedMessage {
    try {
      return new Revocation(
          NodeId.of(in.text()),
          in.text(),
          in.text(),
          Instant.ofEpochMilli(in.i64()),
          in.text(),
          in.text(),
          in.text(),
          in.text());
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
