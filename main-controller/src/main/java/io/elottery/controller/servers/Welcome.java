package io.elottery.controller.servers;

/** What became of an announcement. */
public sealed interface Welcome {
  /** Answers each case. */
  <R> R match(Cases<R> cases);

  /**
   * Taken.
   *
   * @param isNews whether anything differs from what was known
   */
  record Taken(Server server, boolean isNews) implements Welcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.taken(this);
    }
  }

  /** Refused, with a code of {@link io.elottery.reports.roster.Announce}. */
  record Refused(String code, String detail) implements Welcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method for each case. */
  interface Cases<R> {
    /** {@link Taken}. */
    R taken(Taken taken);

    /** {@link Refused}. */
    R refused(Refused refused);
  }
}
