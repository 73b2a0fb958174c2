package io.elottery.worker.links;

import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.keyvault.nodekeys.NodeKeys;
import java.util.Optional;

/** The pair keys of this server's own key store, for links. Any thread; answered from memory. */
public final class VaultPairKeys implements PairKeys {
  private final NodeKeys keys;

  /** Of that store. */
  public VaultPairKeys(NodeKeys keys) {
    this.keys = keys;
  }

  @Override
  public int sendEpoch(LinkId link) {
    return keys.sendEpoch(link.toString());
  }

  @Override
  public int olderEpoch(LinkId link, int epoch) {
    return keys.rings().olderEpoch(link.toString(), epoch);
  }

  /** Whether a link may be opened: any key of it is held, also one that waits for its proof. */
  public boolean holdsAny(LinkId link) {
    return keys.rings().holdsAny(link.toString());
  }

  @Override
  public Optional<byte[]> psk(LinkId link, int epoch, String identity) {
    return keys.psk(link.toString(), epoch, identity);
  }
}
