package io.elottery.keyvault.vault;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.records.RecordCheck;
import io.elottery.keyvault.records.RecordForged;
import io.elottery.keyvault.seal.SealBroken;

/** Sealed records prove themselves by opening; while their compartment is sealed they cannot. */
public final class SealedCheck implements RecordCheck {
  private final VaultKeys keys;

  /** With the keys that are open at the time. */
  public SealedCheck(VaultKeys keys) {
    this.keys = keys;
  }

  @Override
  public Checked check(String name, byte[] bytes) throws RecordForged {
    try {
      SealedRecord record = SealedRecord.decoded(bytes);
      Compartment compartment = Compartment.ofRecord(name);
      String context = SealedRecord.context(name, record.version());
      try {
        keys.sealer(compartment).open(context, record.sealed());
        return new Checked(record.version(), true);
      } catch (VaultSealed notNow) {
        return new Checked(record.version(), false);
      }
    } catch (MalformedMessage | SealBroken altered) {
      throw new RecordForged(String.valueOf(altered.getMessage()));
    }
  }
}
