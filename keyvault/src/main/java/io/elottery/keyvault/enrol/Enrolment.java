package io.elottery.keyvault.enrol;

/** What became of an {@link EnrolRequest}. */
public sealed interface Enrolment {
  /** Answers for every case. */
  <R> R match(Cases<R> cases);

  /** Granted; asking again with the same token and the same key is granted again. */
  record Issued(EnrolReply reply) implements Enrolment {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.issued(this);
    }
  }

  /**
   * Refused. The asker learns only that; the reason is for our log.
   *
   * @param why holds no secret
   */
  record Refused(String why) implements Enrolment {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One answer per case. */
  interface Cases<R> {
    /** Granted. */
    R issued(Issued issued);

    /** Refused. */
    R refused(Refused refused);
  }
}
