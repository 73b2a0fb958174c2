package io.elottery.controller.staff;

import io.elottery.keyvault.people.StaffMember;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Knows whose a token is. On main's loop. */
interface SignedIn {
  /**
   * The member of that token, empty when it is nobody's, has ended, or the member is disabled.
   * Completes on the loop; exceptionally when the staff book cannot be read. While ZooKeeper is
   * away it is answered at once from what was read last.
   */
  CompletableFuture<Optional<StaffMember>> member(String token);

  /** Whether this main has no session with ZooKeeper now, so that nobody is elected. */
  boolean isRegistryAway();
}
