package io.elottery.keyvault.keystep;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.util.Optional;

/**
 * What main asks of one end of a link with one epoch of its pair key. Travels on an authenticated
 * trunk only; every step may come any number of times.
 *
 * @param link the link's text, {@code worker-1~worker-2/replica}
 * @param epoch the key's epoch, from 1
 * @param step what to do
 * @param fence the fence of LEFT under which main acts
 * @param key 32 bytes, with {@link Step#OFFER} alone
 */
public record KeyStep(String link, int epoch, Step step, long fence, Optional<Secret> key) {
  /** The steps of a key's life at one end; {@link KeyRing} says what each answers. */
  public enum Step {
    /** Hold the key in memory. */
    OFFER,
    /** Run the link under it; confirmed once both connections do and the key is on the disk. */
    ACTIVATE,
    /** End what runs under older epochs and forget these. */
    RETIRE,
    /** Forget the epoch that was offered and never became active. */
    WITHDRAW,
    /** Forget all keys of the link and close it at once; no epoch up to this one is taken again. */
    CUT
  }

  private static final Step[] STEPS = Step.values();

  /** Checks the ranges. */
  public KeyStep {
    if (link.isEmpty() || epoch < 1 || key.isPresent() != (step == Step.OFFER)) {
      throw new IllegalArgumentException(
          step + " of \"" + link + "\" epoch " + epoch + ": expected epoch 1 …, a key to offer");
    }
    if (key.isPresent() && key.get().length() != PairKeyGrant.KEY_LENGTH) {
      throw new IllegalArgumentException("key of \"" + link + "\": expected 32 bytes");
    }
  }

  /** The step that brings a key. */
  public static KeyStep offer(PairKeyGrant grant, long fence) {
    return new KeyStep(grant.link(), grant.epoch(), Step.OFFER, fence, Optional.of(grant.key()));
  }

  /** Any other step. */
  public static KeyStep of(Step step, String link, int epoch, long fence) {
    return new KeyStep(link, epoch, step, fence, Optional.empty());
  }

  /** The key it brings, as a grant. */
  public Optional<PairKeyGrant> grant() {
    return key.map(secret -> new PairKeyGrant(link, epoch, secret));
  }

  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    WireWriter out = new WireWriter().text(link).i32(epoch).u8(step.ordinal() + 1).i64(fence);
    key.ifPresent(secret -> out.raw(secret.reveal(SecretAccess.KEYVAULT)));
    return new Envelope(KeyvaultKinds.PAIR_KEY, KeyvaultKinds.STEP_VERSION, out.toBytes());
  }

  /** Reads it. */
  public static KeyStep from(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != KeyvaultKinds.STEP_VERSION) {
      throw new MalformedMessage("key step: version " + envelope.version() + " is not known");
    }
    WireReader in = new WireReader(envelope.body());
    String link = in.text();
    int epoch = in.i32();
    Step step = step(in.u8());
    long fence = in.i64();
    Optional<Secret> key =
        step == Step.OFFER
            ? Optional.of(Secret.of(in.raw(PairKeyGrant.KEY_LENGTH)))
            : Optional.empty();
    in.done();
    if (link.isEmpty() || epoch < 1) {
      throw new MalformedMessage("key step: link or epoch out of range");
    }
    return new KeyStep(link, epoch, step, fence, key);
  }

  static Step step(int code) throws MalformedMessage {
    if (code < 1 || code > STEPS.length) {
      throw new MalformedMessage("key step " + code + ": expected 1 … " + STEPS.length);
    }
    return STEPS[code - 1];
  }
}
