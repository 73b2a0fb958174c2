package io.elottery.keyvault.approval;

import io.elottery.keyvault.people.StaffMember;
import java.util.Optional;

/** What is asked of {@link Approvals}. */
public sealed interface ApprovalCommand {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each command. */
  interface Cases<R> {
    R propose(Propose propose);

    R approve(Approve approve);

    R reject(Reject reject);

    R end(End end);

    R expire(Expire expire);
  }

  /**
   * Proposes something.
   *
   * @param id fresh
   * @param action canonical JSON
   */
  record Propose(
      StaffMember who, String id, String kind, String action, String words, String fingerprint)
      implements ApprovalCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.propose(this);
    }
  }

  /**
   * A second person agrees.
   *
   * @param hash of what was shown to this person
   * @param proposer as the staff book knows the proposer now
   * @param fingerprint of what the action would be judged against now
   */
  record Approve(
      StaffMember who, String id, String hash, Optional<StaffMember> proposer, String fingerprint)
      implements ApprovalCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.approve(this);
    }
  }

  /** An officer does not agree, or the proposer takes it back. */
  record Reject(StaffMember who, String id, String reason) implements ApprovalCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reject(this);
    }
  }

  /** What became of carrying it out. */
  record End(String id, boolean done, String why) implements ApprovalCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.end(this);
    }
  }

  /** Time has passed. */
  record Expire() implements ApprovalCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.expire(this);
    }
  }
}
