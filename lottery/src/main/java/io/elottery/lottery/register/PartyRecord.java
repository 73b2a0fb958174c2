package io.elottery.lottery.register;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.answer.PartySteps;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import java.util.Optional;

/** What one party has put into a draw's record. Each step is written once, for good. */
public final class PartyRecord {
  private final PartyKey key;
  private Optional<Octets> commit;
  private Optional<Octets> signature;
  private Optional<Octets> share;

  /** A party that has done nothing yet. */
  PartyRecord(PartyKey key) {
    this(new PartySteps(key, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private PartyRecord(PartySteps steps) {
    key = steps.party();
    commit = steps.commit();
    signature = steps.signature();
    share = steps.share();
  }

  /** Its name. */
  public PartyName name() {
    return key.name();
  }

  /** Name and public key, fixed at opening. */
  public PartyKey key() {
    return key;
  }

  /** Step 1. */
  public Optional<Octets> commit() {
    return commit;
  }

  /** Step 3. */
  public Optional<Octets> signature() {
    return signature;
  }

  /** Step 4. */
  public Optional<Octets> share() {
    return share;
  }

  void committed(Octets value) {
    commit = Optional.of(value);
  }

  void signed(Octets value) {
    signature = Optional.of(value);
  }

  void revealed(Octets value) {
    share = Optional.of(value);
  }

  /** As published. */
  public PartySteps steps() {
    return new PartySteps(key, commit, signature, share);
  }

  void write(WireWriter out) {
    steps().write(out);
  }

  static PartyRecord read(WireReader in) throws MalformedMessage {
    return new PartyRecord(PartySteps.read(in));
  }
}
