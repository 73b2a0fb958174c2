package io.elottery.deploy.cluster;

import io.elottery.foundation.id.Location;

/**
 * How many of what, and where people reach it.
 *
 * @param zookeepers 1, or an odd number that forms an ensemble
 * @param mains LEFT, RIGHT and substitutes
 * @param spread how the workers stand
 * @param port the site's; 0 for any free one
 * @param staffPort the staff console's; 0 for any free one
 */
public record ClusterShape(
    int zookeepers,
    int mains,
    int workers,
    int gateways,
    int auditors,
    int port,
    int staffPort,
    Spread spread) {
  private static final int MOST = 64;
  private static final int ENSEMBLE_MOST = 7;

  /**
   * How workers are spread.
   *
   * @param datacentres how many they are said to stand in; one is not spoken of
   * @param zones in each
   * @param perProcess workers in one process
   */
  public record Spread(int datacentres, int zones, int perProcess) {
    /** One place, one process each. */
    public static final Spread NONE = new Spread(1, 1, 1);

    /** Checks the ranges. */
    public Spread {
      check("datacentres", datacentres, 1, MOST);
      check("zones", zones, 1, MOST);
      check("per-process", perProcess, 1, MOST);
    }

    /** Where the worker with this index stands, of so many. */
    Location locationOf(int index, int workers) {
      int places = datacentres * zones;
      if (places == 1) {
        return Location.UNKNOWN;
      }
      int place = (int) ((long) index * places / workers);
      return new Location(
          "dc-" + (place / zones + 1), zones == 1 ? "" : "zone-" + (place % zones + 1));
    }
  }

  /** In one place, each in a process of its own. */
  public ClusterShape(
      int zookeepers, int mains, int workers, int gateways, int auditors, int port, int staffPort) {
    this(zookeepers, mains, workers, gateways, auditors, port, staffPort, Spread.NONE);
  }

  /** Checks the ranges. */
  public ClusterShape {
    check("zookeepers", zookeepers, 1, ENSEMBLE_MOST);
    if (zookeepers % 2 == 0) {
      throw new IllegalArgumentException(
          "--zookeepers " + zookeepers + ": expected an odd number; one more bears no more losses");
    }
    check("mains", mains, 1, MOST);
    check("workers", workers, 1, MOST);
    check("gateways", gateways, 1, MOST);
    check("auditors", auditors, 0, MOST);
    check("port", port, 0, 65535);
    check("staff-port", staffPort, 0, 65535);
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "--"
              + what
              + " "
              + value
              + ": expected "
              + (least == most ? "" + least : least + " … " + most));
    }
  }
}
