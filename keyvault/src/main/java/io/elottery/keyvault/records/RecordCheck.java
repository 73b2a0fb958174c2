package io.elottery.keyvault.records;

/** Tells a record's version, and whether a main of this network wrote it. */
public interface RecordCheck {
  /**
   * What the bytes are.
   *
   * @param version from 1
   * @param proven whether they were checked; a sealed record cannot be while its compartment is
   */
  record Checked(long version, boolean proven) {}

  /**
   * Looks at the bytes.
   *
   * @throws RecordForged when they are certainly not what a main wrote
   */
  Checked check(String name, byte[] bytes) throws RecordForged;
}
