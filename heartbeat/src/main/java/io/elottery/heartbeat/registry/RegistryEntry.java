package io.elottery.heartbeat.registry;

import java.util.Arrays;

/**
 * A record as read.
 *
 * @param value not copied: the reader does not change it
 * @param version of the record, for {@link Registry#replace}
 * @param fence under which it was written last
 */
public record RegistryEntry(byte[] value, int version, long fence) {
  @Override
  public boolean equals(Object other) {
    return other instanceof RegistryEntry that
        && Arrays.equals(value, that.value)
        && version == that.version
        && fence == that.fence;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value) * 31 + version;
  }

  @Override
  public String toString() {
    return "RegistryEntry["
        + value.length
        + " bytes, version "
        + version
        + ", fence "
        + fence
        + "]";
  }
}
