package io.elottery.foundation.id;

import java.util.regex.Pattern;

/**
 * Where a server stands: what fails together stands together. Copies and neighbours are spread over
 * data centres first, then over zones.
 *
 * @param datacentre its data centre; empty where nobody said
 * @param zone the part of the data centre with power and network of its own; empty where nobody
 *     said. Zones of one name in two data centres are two
 */
public record Location(String datacentre, String zone) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{0,32}");

  /** Where nobody said. */
  public static final Location UNKNOWN = new Location("", "");

  /** Checks the names' form. */
  public Location {
    check("data centre", datacentre);
    check("zone", zone);
  }

  /** Whether the data centre is known. */
  public boolean isKnown() {
    return !datacentre.isEmpty();
  }

  /** {@code east/east-a}, {@code east}, or empty. */
  @Override
  public String toString() {
    return zone.isEmpty() ? datacentre : datacentre + "/" + zone;
  }

  private static void check(String what, String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " \"" + name + "\": expected up to 32 of a-z 0-9 -");
    }
  }
}
