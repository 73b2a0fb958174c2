package io.elottery.keyvault.vault;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * A secret as it lies in the registry. The version stands in clear, so that a main whose vault is
 * sealed sees which of two is newer, and in the context, so that nobody can alter it.
 *
 * @param version from 1
 * @param sealed not copied
 */
record SealedRecord(long version, byte[] sealed) {
  private static final int FORMAT = 2;

  /** Where the bytes belong. */
  static String context(String name, long version) {
    return "vault/" + name + "@" + version;
  }

  byte[] encoded() {
    return new WireWriter(16 + sealed.length).u8(FORMAT).i64(version).raw(sealed).toBytes();
  }

  static SealedRecord decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("sealed record: format " + format + " is not known");
    }
    long version = in.i64();
    if (version < 1) {
      throw new MalformedMessage("sealed record: version " + version);
    }
    return new SealedRecord(version, in.rest());
  }
}
