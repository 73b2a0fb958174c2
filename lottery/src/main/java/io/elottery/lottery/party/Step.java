package io.elottery.lottery.party;

import java.util.List;

/** What a party does next in a draw. */
public sealed interface Step {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each step. */
  interface Cases<R> {
    R commit();

    R fetchLeaves(long size);

    R sign(DrawView.Closing own);

    R reveal();

    R certify();

    R dispute(String why);

    R nothing(String what, List<String> waitingFor);
  }

  /** Write the commitment to the own share. */
  record Commit() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.commit();
    }
  }

  /** Fetch the leaves, page by page, compute the root, and ask again with it. */
  record FetchLeaves(long size) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fetchLeaves(size);
    }
  }

  /** Sign the closing text over the root computed, which is also the one announced. */
  record Sign(DrawView.Closing own) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sign(own);
    }
  }

  /** Hand out the share: every party has signed one text. */
  record Reveal() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reveal();
    }
  }

  /** Count the winners and certify. Only for an auditor, and only with its own leaves. */
  record Certify() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.certify();
    }
  }

  /** Refuse to go on: what the record says is not what this party found. A person must look. */
  record Dispute(String why) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dispute(why);
    }
  }

  /**
   * Nothing to do now.
   *
   * @param what is awaited: {@code commit}, {@code closing}, {@code signature}, {@code share},
   *     {@code draw}, {@code certificate}, or {@code end} when the draw has ended
   * @param waitingFor the parties that have to act; empty when none has
   */
  record Nothing(String what, List<String> waitingFor) implements Step {
    /** Copies. */
    public Nothing {
      waitingFor = List.copyOf(waitingFor);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nothing(what, waitingFor);
    }
  }
}
