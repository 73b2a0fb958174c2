package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyStep;
import java.util.concurrent.CompletableFuture;

/** How the keeper of a link reaches its ends. Called on the keeper's loop. */
public interface LinkEnds {
  /** Whether that server can be asked now. */
  boolean isConnected(NodeId end);

  /**
   * Asks for a step. Completes on the keeper's loop with what the end says it did; exceptionally,
   * with {@link io.elottery.foundation.transport.CallFailed}, when it refused or was not heard.
   */
  CompletableFuture<KeyConfirm> ask(NodeId end, KeyStep step);
}
