package io.elottery.controller.keys;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.Phase;
import java.util.Optional;

/** Why the rotation of a link cannot begin now. On main's loop. */
final class LinkBlocks {
  private final KeyPorts ports;
  private final KeyDesk keys;
  private final CutDesk cuts;

  LinkBlocks(KeyPorts ports, KeyDesk keys, CutDesk cuts) {
    this.ports = ports;
    this.keys = keys;
    this.cuts = cuts;
  }

  /** In words; empty when it can. */
  Optional<String> of(LinkName link) {
    return ofKeys(link).or(() -> ofEnds(link));
  }

  private Optional<String> ofKeys(LinkName link) {
    Optional<LinkKeeper> keeper = keys.keeper(link);
    if (keeper.isEmpty()) {
      return Optional.of("is no link of the network");
    }
    if (cuts.inForce(link).isPresent()) {
      return cuts.inForce(link).map(cut -> "is " + cut.words());
    }
    if (keeper.get().cutBehindUs().isPresent()) {
      return keeper.get().cutBehindUs().map(end -> "is refused as cut by " + end);
    }
    Optional<LinkKeys> state = keeper.get().state();
    if (state.isEmpty()) {
      return Optional.of("its keys are not known: " + keeper.get().unknownWhy());
    }
    if (state.get().phase() == Phase.STEADY) {
      return Optional.empty();
    }
    return Optional.of(
        state.get().isMoving()
            ? "is being rekeyed already: " + state.get().phase()
            : keys.waits(link).orElse("has no key yet"));
  }

  private Optional<String> ofEnds(LinkName link) {
    for (NodeId end : link.ends()) {
      if (!keys.isConnected(end)) {
        return Optional.of(end + " is not connected to main");
      }
      Optional<String> trouble = ports.trouble().apply(end);
      if (trouble.isPresent()) {
        return Optional.of(end + " is " + trouble.get());
      }
      for (LinkName other : keys.links()) {
        boolean rotates =
            other.joins(end)
                && !other.equals(link)
                && keys.keeper(other)
                    .flatMap(LinkKeeper::state)
                    .map(LinkKeys::isRotating)
                    .orElse(false);
        if (rotates) {
          return Optional.of(end + " has another link being rotated: " + other);
        }
      }
    }
    return Optional.empty();
  }
}
