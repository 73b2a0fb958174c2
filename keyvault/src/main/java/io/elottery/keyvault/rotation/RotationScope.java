package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;

/** Which links a rotation is to cover. */
public sealed interface RotationScope {
  /** Answers each case. */
  <R> R match(Cases<R> cases);

  /** Every link between these two, whatever for. */
  record OfLink(NodeId one, NodeId other) implements RotationScope {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ofLink(this);
    }
  }

  /** Every link of one worker. */
  record OfWorker(NodeId worker) implements RotationScope {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ofWorker(this);
    }
  }

  /** Every link with an end in that half. */
  record OfHemisphere(Hemisphere hemisphere) implements RotationScope {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ofHemisphere(this);
    }
  }

  /** Every link. */
  record All() implements RotationScope {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.all(this);
    }
  }

  /** One method for each case. */
  interface Cases<R> {
    /** {@link OfLink}. */
    R ofLink(OfLink scope);

    /** {@link OfWorker}. */
    R ofWorker(OfWorker scope);

    /** {@link OfHemisphere}. */
    R ofHemisphere(OfHemisphere scope);

    /** {@link All}. */
    R all(All scope);
  }
}
