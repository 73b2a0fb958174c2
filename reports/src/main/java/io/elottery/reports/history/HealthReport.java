package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The health of everything between two moments: what {@code elottery reports health} prints and
 * draws.
 *
 * @param resolution of the buckets it was made of
 * @param made when
 * @param by the main that made it
 * @param column how long one letter of a timeline lasts
 * @param servers by name, shorter names first
 * @param links each direction by itself, by name
 * @param left servers that are not in it because there were too many
 */
public record HealthReport(
    Instant from,
    Instant to,
    Resolution resolution,
    Instant made,
    NodeId by,
    Duration column,
    List<ServerFigures> servers,
    List<LinkFigures> links,
    int left) {
  /** Columns of a timeline at most. */
  public static final int COLUMNS_MAX = 168;

  /** Servers in one report at most: the worst are kept. */
  public static final int SERVERS_MAX = 500;

  /** Directions of links in one report at most: the worst are kept. */
  public static final int LINKS_MAX = 4_000;

  /** Copies. */
  public HealthReport {
    servers = List.copyOf(servers);
    links = List.copyOf(links);
  }

  /** Who makes a report, of what time. */
  public record Frame(Instant from, Instant to, Resolution resolution, Instant made, NodeId by) {
    /** How long one letter of a timeline lasts: a whole number of buckets. */
    Duration column() {
      long step = resolution.length().toSeconds();
      return Duration.ofSeconds(over(Math.max(1, over(seconds(), step)), COLUMNS_MAX) * step);
    }

    int columns() {
      return (int) Math.max(1, over(seconds(), column().toSeconds()));
    }

    private long seconds() {
      return to.getEpochSecond() - from.getEpochSecond();
    }

    private static long over(long dividend, long divisor) {
      return (dividend + divisor - 1) / divisor;
    }
  }

  /** The whole of it in one or two sentences, worst first. */
  public String headline() {
    return Headline.of(this);
  }

  /** Whether anything at all is known. */
  public boolean isEmpty() {
    return servers.isEmpty();
  }
}
