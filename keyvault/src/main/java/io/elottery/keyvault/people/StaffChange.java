package io.elottery.keyvault.people;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What two officers may change in the staff book together; disabling takes only one. */
public sealed interface StaffChange {
  /** Whom it is about. */
  String name();

  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each change. */
  interface Cases<R> {
    R add(Add add);

    R roles(Roles roles);

    R enable(Enable enable);

    R invite(Invite invite);
  }

  /** A new name for a person, who is invited to choose a password. */
  record Add(String name, String person, SortedSet<StaffRole> roles, String branch)
      implements StaffChange {
    /** Copies. */
    public Add {
      roles = new TreeSet<>(roles);
    }

    StaffMember member() {
      return StaffMember.of(name, person, roles, Credentials.NONE).withBranch(branch);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(this);
    }
  }

  /** Other roles than before. */
  record Roles(String name, Set<StaffRole> roles) implements StaffChange {
    /** Copies. */
    public Roles {
      roles = new TreeSet<>(roles);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.roles(this);
    }
  }

  /** A disabled member may act again. */
  record Enable(String name) implements StaffChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.enable(this);
    }
  }

  /** A new invitation; password and token of before end with it. */
  record Invite(String name) implements StaffChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.invite(this);
    }
  }
}
