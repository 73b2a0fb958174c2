package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PairKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One end's keys of every link: those epochs it holds; dials with the newest it was told to. */
final class EpochKeys implements PairKeys {
  final SortedSet<Integer> held = new ConcurrentSkipListSet<>();
  private volatile int dialled;

  /** Holds it and dials with it. */
  EpochKeys use(int epoch) {
    held.add(epoch);
    dialled = epoch;
    return this;
  }

  /** Holds it only. */
  EpochKeys hold(int epoch) {
    held.add(epoch);
    return this;
  }

  @Override
  public int sendEpoch(LinkId link) {
    return dialled;
  }

  @Override
  public int olderEpoch(LinkId link, int epoch) {
    SortedSet<Integer> older = new TreeSet<>(held).headSet(epoch);
    return older.isEmpty() ? 0 : older.last();
  }

  @Override
  public Optional<byte[]> psk(LinkId link, int epoch, String identity) {
    if (!held.contains(epoch)) {
      return Optional.empty();
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[] {(byte) epoch, 7}, "HmacSHA256"));
      return Optional.of(mac.doFinal(identity.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
