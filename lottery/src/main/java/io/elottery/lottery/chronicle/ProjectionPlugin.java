package io.elottery.lottery.chronicle;

import io.elottery.lottery.id.BranchId;

/**
 * A way to look at what happens, for each branch apart. Found on the class path of a worker by
 * {@link java.util.ServiceLoader}: a jar with {@code
 * META-INF/services/io.elottery.lottery.chronicle.ProjectionPlugin} adds its own.
 */
public interface ProjectionPlugin {
  /** What askers call it: lower case letters, digits and dashes. */
  String name();

  /** A view of a branch to which nothing has happened yet. */
  Projection begin(BranchId branch);
}
