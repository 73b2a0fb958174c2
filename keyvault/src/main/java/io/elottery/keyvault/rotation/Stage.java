package io.elottery.keyvault.rotation;

/** Where one epoch of a pair key stands. */
public enum Stage {
  /** Made and recorded; being offered to both ends. */
  PREPARED,
  /** Both ends hold it; being taken into use. */
  DISTRIBUTED,
  /** In use. */
  ACTIVE,
  /** Its successor is in use on both ends; being destroyed there. */
  RETIRING,
  /** Nowhere any more. */
  DESTROYED
}
