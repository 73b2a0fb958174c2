package io.elottery.heartbeat.netty;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.KeyShareEntry;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * What a dialler's first message must offer: a key, a fresh exchange beside it ({@code psk_dhe_ke})
 * and its share of it; and must not: data that comes before the listener has said anything new,
 * which could be replayed (RFC 8446 §8).
 */
// Vector and Hashtable are what the library's signatures ask for.
@SuppressWarnings({"JdkObsolete", "rawtypes"})
final class HelloRules {
  private HelloRules() {}

  /**
   * Checks the message's extensions.
   *
   * @throws TlsFatalAlert {@code handshake_failure}. So also for a share that is missing, which
   *     another listener would ask for: ours get it right at once, and a second message would let
   *     its sender change what the first one proved
   */
  static void check(Hashtable extensions) throws IOException {
    if (!extensions.containsKey(TlsExtensionsUtils.EXT_pre_shared_key)
        || !wantsExchange(TlsExtensionsUtils.getPSKKeyExchangeModesExtension(extensions))
        || !hasShare(TlsExtensionsUtils.getKeyShareClientHello(extensions))
        || extensions.containsKey(TlsExtensionsUtils.EXT_early_data)) {
      throw new TlsFatalAlert(
          AlertDescription.handshake_failure, "expected a key and a share of x25519 alone");
    }
  }

  private static boolean wantsExchange(short @Nullable [] modes) {
    boolean found = false;
    for (int i = 0; modes != null && i < modes.length; i++) {
      found |= modes[i] == PskKeyExchangeMode.psk_dhe_ke;
    }
    return found;
  }

  private static boolean hasShare(@Nullable Vector shares) {
    boolean found = false;
    for (int i = 0; shares != null && i < shares.size(); i++) {
      found |= ((KeyShareEntry) shares.get(i)).getNamedGroup() == NamedGroup.x25519;
    }
    return found;
  }
}
