package io.elottery.keyvault.approval;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Something that takes two people.
 *
 * @param id {@code p-} and 16 hex digits
 * @param kind which action it is: {@code STAFF_CHANGE}
 * @param action canonical JSON of what is to be done
 * @param words the same for a person
 * @param fingerprint of what it was judged against (a plan's hash); may be empty
 * @param proposer name of who proposed it
 * @param at when
 * @param until from then on nobody can approve it
 * @param approver who approved or rejected it; empty before
 * @param decidedAt when approved, rejected or expired; {@code at} before
 * @param why the result, or why not; empty before
 */
public record Proposal(
    String id,
    String kind,
    String action,
    String words,
    String fingerprint,
    String proposer,
    Instant at,
    Instant until,
    State state,
    String approver,
    Instant decidedAt,
    String why) {

  /** Where it stands. */
  public enum State {
    /** Waits for a second person. */
    PENDING,
    /** Approved; to be carried out, or being carried out. */
    APPROVED,
    /** Carried out. */
    DONE,
    /** Approved, but it could not be carried out. */
    FAILED,
    /** A second person said no, or the proposer took it back. */
    REJECTED,
    /** Nobody approved it in time. */
    EXPIRED;

    /** Whether something may still become of it. */
    public boolean isOpen() {
      return this == PENDING || this == APPROVED;
    }
  }

  /**
   * Hex SHA-256 over kind, action, words and fingerprint: an approver sends it back, so that what
   * was shown is what is approved.
   */
  public String hash() {
    return hash(kind, action, words, fingerprint);
  }

  static String hash(String kind, String action, String words, String fingerprint) {
    Json content =
        Json.fields()
            .with("action", action)
            .with("fingerprint", fingerprint)
            .with("kind", kind)
            .with("words", words);
    return Sha256.hex(
        ("elottery/proposal/v1\n" + CanonicalJson.text(content)).getBytes(StandardCharsets.UTF_8));
  }

  /** As it stands after that. */
  Proposal decided(State next, String by, Instant when, String reason) {
    return new Proposal(
        id, kind, action, words, fingerprint, proposer, at, until, next, by, when, reason);
  }
}
