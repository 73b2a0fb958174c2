package io.elottery.controller.certificates;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.people.StaffMember;

/** Cuts the pair links of a worker whose certificate was revoked. On main's loop. */
@FunctionalInterface
public interface LinkCutter {
  /** Begins at once and does not wait; an end that is not reached is told later. */
  void cut(NodeId worker, String reason, StaffMember officer);
}
