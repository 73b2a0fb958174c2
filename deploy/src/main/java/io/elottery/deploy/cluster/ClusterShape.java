package io.elottery.deploy.cluster;

/**
 * How many of what, and where people reach it.
 *
 * @param mains LEFT, RIGHT and substitutes
 * @param port the site's; 0 for any free one
 * @param staffPort the staff console's; 0 for any free one
 */
public record ClusterShape(
    int zookeepers, int mains, int workers, int gateways, int auditors, int port, int staffPort) {
  private static final int MOST = 64;

  /** Checks the ranges. */
  public ClusterShape {
    check("zookeepers", zookeepers, 1, 1);
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
