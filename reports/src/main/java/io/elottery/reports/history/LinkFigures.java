package io.elottery.reports.history;

/** How one direction of a link was over the time of a report, as {@link LinkHealth} has it. */
public record LinkFigures(
    LinkName link,
    LinkHealth.Colour colour,
    Measured roundTrip,
    long sent,
    long heard,
    long lost,
    long closedMillis,
    long oneWayMillis,
    long silentMillis,
    long knownMillis) {
  /** What buckets together say. */
  static LinkFigures of(LinkName link, LinkHealth health) {
    return new LinkFigures(
        link,
        health.colour(),
        Measured.of(health.roundTrip()),
        health.sent(),
        health.heard(),
        health.lost(),
        health.closedMillis(),
        health.oneWayMillis(),
        health.silentMillis(),
        health.knownMillis());
  }

  /** Of the impulses that should have come, the share lost; 0 … 1. */
  public double lossShare() {
    long all = heard + lost;
    return all <= 0 ? 0 : (double) lost / all;
  }
}
