package io.elottery.keyvault.approval;

import java.util.List;

/** What {@link Approvals} makes of a command. */
public sealed interface ApprovalDecision {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R changed(Changed changed);

    R refused(Refused refused);
  }

  /**
   * These proposals stand differently now; none when it was done before.
   *
   * @param proposals as they stand now
   * @param about the proposal that the command was about
   */
  record Changed(List<Proposal> proposals, List<Proposal> about) implements ApprovalDecision {
    /** Copies. */
    public Changed {
      proposals = List.copyOf(proposals);
      about = List.copyOf(about);
    }

    static Changed to(Proposal proposal) {
      return new Changed(List.of(proposal), List.of(proposal));
    }

    static Changed already(Proposal proposal) {
      return new Changed(List.of(), List.of(proposal));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.changed(this);
    }
  }

  /**
   * Nothing changes.
   *
   * @param status as of HTTP
   * @param code upper case, for programs
   * @param detail for a person
   */
  record Refused(int status, String code, String detail) implements ApprovalDecision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }
}
