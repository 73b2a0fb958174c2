package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.registry.RegistryEntry;

/** A record's bytes in ZooKeeper: format 1 (u8), fence (i64), value. */
final class StoredValue {
  private static final int FORMAT = 1;

  private StoredValue() {}

  static byte[] encoded(byte[] value, long fence) {
    return new WireWriter(value.length + 9).u8(FORMAT).i64(fence).raw(value).toBytes();
  }

  static RegistryEntry decoded(byte[] bytes, int version) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("record of format " + format + " is not known");
    }
    long fence = in.i64();
    return new RegistryEntry(in.rest(), version, fence);
  }
}
