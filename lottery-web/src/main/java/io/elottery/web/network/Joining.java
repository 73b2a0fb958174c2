package io.elottery.web.network;

import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.netty.NettyJoin;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.trunk.JoinRefused;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the gateway's first certificate with its token, from whichever main answers; asks on until
 * one does. On the gateway's loop.
 */
final class Joining {
  private static final Logger log = LoggerFactory.getLogger(Joining.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final NodeKeys keys;
  private final JoinToken token;
  private final List<MainAddress> mains;
  private final NodeLoop loop;
  private final NettyRuntime runtime;
  private final Runnable joined;
  private int attempts;

  /**
   * @param joined called on the loop, once
   */
  Joining(
      NodeKeys keys,
      JoinToken token,
      List<MainAddress> mains,
      NodeLoop loop,
      NettyRuntime runtime,
      Runnable joined) {
    this.keys = keys;
    this.token = token;
    this.mains = mains;
    this.loop = loop;
    this.runtime = runtime;
    this.joined = joined;
  }

  /** Asks the next main. */
  void ask() {
    MainAddress main = mains.get(attempts++ % mains.size());
    Envelope request =
        EnrolRequest.joining(token, keys.node(), Role.GATEWAY, keys.signingRequest(), "")
            .toEnvelope();
    NettyJoin.call(
            main.address(), NodeKeys.trustOnly(token.caFingerprint()), request, PATIENCE, runtime)
        .whenComplete(
            (reply, problem) ->
                loop.post(
                    () -> {
                      if (problem == null) {
                        granted(reply);
                      } else {
                        failed(main, problem);
                      }
                    }));
  }

  private void granted(Envelope reply) {
    try {
      keys.install(EnrolReply.from(reply).chain(), token.caFingerprint());
      joined.run();
    } catch (MalformedMessage | CertificateRefused | KeyStoreUnreadable unusable) {
      log.error("the certificate from main cannot be used: {}", unusable.getMessage());
      loop.after(PAUSE.multipliedBy(10), this::ask);
    }
  }

  private void failed(MainAddress main, Throwable problem) {
    if (problem instanceof JoinRefused) {
      // Another main may know the token already; a person must act if none does.
      log.error("{} refuses this gateway's token: {}", main.id(), problem.getMessage());
      loop.after(PAUSE.multipliedBy(10), this::ask);
    } else {
      log.debug("{} not reached for a certificate: {}", main.id(), problem.toString());
      loop.after(PAUSE, this::ask);
    }
  }
}
