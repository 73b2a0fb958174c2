package io.elottery.controller.alerts;

/** What became of one attempt to send an alert. */
public sealed interface Outcome {
  /** The receiver took it. */
  record Taken() implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.taken(this);
    }
  }

  /** The receiver wants no more (410). */
  record Gone() implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gone(this);
    }
  }

  /**
   * It may or may not have come; it is tried again.
   *
   * @param why for a person, without the address
   */
  record Failed(String why) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.failed(this);
    }
  }

  /** Asks which it is. */
  <R> R match(Cases<R> cases);

  /**
   * One answer for each.
   *
   * @param <R> the answer
   */
  interface Cases<R> {
    /** The receiver took it. */
    R taken(Taken outcome);

    /** The receiver wants no more. */
    R gone(Gone outcome);

    /** It is tried again. */
    R failed(Failed outcome);
  }
}
