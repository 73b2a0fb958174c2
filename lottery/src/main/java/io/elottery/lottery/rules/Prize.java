package io.elottery.lottery.rules;

/** What a line of a tier wins. */
public sealed interface Prize {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R fixed(long minorUnits);

    R share(int permille);
  }

  /**
   * A promised amount for each winning line, always paid in full.
   *
   * @param minorUnits 0 or more
   */
  record Fixed(long minorUnits) implements Prize {
    /** Checks the range. */
    public Fixed {
      if (minorUnits < 0) {
        throw new IllegalArgumentException("prize " + minorUnits + ": expected 0 or more");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fixed(minorUnits);
    }
  }

  /**
   * A part of what the fixed prizes leave in the prize fund, divided among the tier's lines.
   *
   * @param permille 1 … 1000
   */
  record Share(int permille) implements Prize {
    /** Checks the range. */
    public Share {
      if (permille < 1 || permille > 1000) {
        throw new IllegalArgumentException("share " + permille + ": expected 1 … 1000 permille");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.share(permille);
    }
  }
}
