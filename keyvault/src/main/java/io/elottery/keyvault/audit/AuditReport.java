package io.elottery.keyvault.audit;

import java.time.Instant;

/** What became of checking an export. */
public sealed interface AuditReport {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R holds(Holds holds);

    R broken(Broken broken);
  }

  /**
   * Every byte is as mains of the network wrote it, and nothing is missing between first and last.
   *
   * @param first number of the first record; 1 = the trail from its beginning
   * @param last number of the last one
   * @param exportedAt up to when nothing was cut off at the end
   * @param exportedBy which main says so
   * @param authority hex SHA-256 of the authority's certificate, to be compared with one's own
   */
  record Holds(long first, long last, Instant exportedAt, String exportedBy, String authority)
      implements AuditReport {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.holds(this);
    }
  }

  /**
   * It was altered, or is no export.
   *
   * @param number of the record where that shows; 0 when it shows elsewhere
   * @param why for a person
   */
  record Broken(long number, String why) implements AuditReport {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.broken(this);
    }
  }
}
