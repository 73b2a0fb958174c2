package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;

/** What may happen to the keys of one link. */
public sealed interface LinkEvent {
  /** Answers each case. */
  <R> R match(Cases<R> cases);

  /**
   * A new key is wanted: the first, the next, or one after a cut.
   *
   * @param target its epoch; nothing happens when that was used already, so it may be said again
   * @param why in words
   */
  record Begin(int target, String why) implements LinkEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.begin(this);
    }
  }

  /** An end did what it was asked for. */
  record Confirmed(NodeId end, KeyOrder order) implements LinkEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirmed(this);
    }
  }

  /** Time passed. */
  record Tick() implements LinkEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tick(this);
    }
  }

  /**
   * The link is cut, at once.
   *
   * @param upTo the epoch the ends were told to refuse with all before it; it will not be used
   *     again
   * @param why in words
   */
  record Cut(int upTo, String why) implements LinkEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cut(this);
    }
  }

  /**
   * An end knows a higher epoch than main does: main's memory of this link is older than the ends'.
   *
   * @param epoch the highest that end has seen
   */
  record Behind(int epoch) implements LinkEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.behind(this);
    }
  }

  /** One method for each case. */
  interface Cases<R> {
    /** {@link Begin}. */
    R begin(Begin begin);

    /** {@link Confirmed}. */
    R confirmed(Confirmed confirmed);

    /** {@link Tick}. */
    R tick(Tick tick);

    /** {@link Cut}. */
    R cut(Cut cut);

    /** {@link Behind}. */
    R behind(Behind behind);
  }
}
