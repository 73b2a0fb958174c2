package io.elottery.keyvault.records;

/**
 * A record is not as it was left: a person must look at who may write to ZooKeeper.
 *
 * @param place {@code sealed} or {@code office}
 * @param name of the record
 * @param how what was done to it
 * @param remembered the version this main knows, 0 when it knows none
 * @param found the version that lies there, 0 when none does or it cannot be told
 * @param repaired whether the remembered copy was written back
 */
public record RecordTampered(
    String place, String name, How how, long remembered, long found, boolean repaired) {
  /** What was done. */
  public enum How {
    /** An older version was put back. */
    ROLLED_BACK,
    /** Bytes that no main wrote, or others under the same version. */
    ALTERED,
    /** It is gone. */
    REMOVED
  }

  /** One line for people. */
  public String words() {
    String what =
        switch (how) {
          case ROLLED_BACK -> "was rolled back from version " + remembered + " to " + found;
          case ALTERED -> "was altered";
          case REMOVED -> "was removed";
        };
    return place
        + "/"
        + name
        + " "
        + what
        + (repaired
            ? "; the remembered copy was written back"
            : remembered == 0 ? "; no copy is remembered here" : "; the remembered copy is used");
  }
}
