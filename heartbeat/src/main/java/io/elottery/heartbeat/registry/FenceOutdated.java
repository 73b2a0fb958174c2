package io.elottery.heartbeat.registry;

/** A write under a fence that is not its hemisphere's newest, or not this server's: not done. */
public final class FenceOutdated extends Exception {
  private static final long serialVersionUID = 1L;

  private final long fence;

  /** With the fence shown. */
  public FenceOutdated(long fence) {
    super("fence " + fence + " is not valid any more: a newer leader acts, nothing was written");
    this.fence = fence;
  }

  /** The fence shown. */
  public long fence() {
    return fence;
  }
}
