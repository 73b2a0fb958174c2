package io.elottery.controller.app;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this main is: its own keys and certificate, and the master key from the bootstrap file. A
 * main needs nobody to join: the bootstrap holds the authority, sealed, and by it the main gives
 * itself its certificate and renews it at half of its time. Not on a loop: it waits for the disk.
 */
final class MainIdentity {
  /** Where key and trust store for ZooKeeper's client lie, in the node's directory. */
  static final String STORES = "stores";

  private static final Logger log = LoggerFactory.getLogger(MainIdentity.class);

  private final Bootstrap bootstrap;
  private final NodeKeys keys;
  private final Path stores;
  private final RandomSource random;
  private final Time time;

  private MainIdentity(
      Bootstrap bootstrap, NodeKeys keys, Path stores, RandomSource random, Time time) {
    this.bootstrap = bootstrap;
    this.keys = keys;
    this.stores = stores;
    this.random = random;
    this.time = time;
  }

  /**
   * Opens all of it; takes as long as the passphrase's parameters say.
   *
   * @throws IllegalStateException saying which file is wrong and why
   */
  static MainIdentity open(ControllerConfig config, RandomSource random, Time time) {
    try {
      Bootstrap bootstrap = Bootstrap.open(config.bootstrapFile(), config.passphraseFile(), random);
      NodeId node = config.node();
      NodeKeys keys = NodeKeys.open(config.dir().resolve("keys"), node, Role.MAIN, random);
      MainIdentity identity =
          new MainIdentity(bootstrap, keys, config.dir().resolve(STORES), random, time);
      identity.renewIfDue();
      return identity;
    } catch (IOException | SealBroken | KeyStoreUnreadable problem) {
      throw new IllegalStateException(
          config.node() + " cannot open its keys: " + problem.getMessage(), problem);
    }
  }

  /** What the desks use. */
  MainKeys mine() {
    return new MainKeys(bootstrap, keys, keys.authority().orElseThrow());
  }

  /** This main's own keys. */
  NodeKeys keys() {
    return keys;
  }

  /** Writes key and trust store for ZooKeeper's client. */
  void writeStores() {
    try {
      keys.exportTo(stores, random);
    } catch (KeyStoreUnreadable problem) {
      throw new IllegalStateException(
          keys.node() + " cannot write its stores: " + problem.getMessage(), problem);
    }
  }

  /** Gives itself a certificate when there is none or half of its time is over. */
  void renewIfDue() {
    if (keys.certificate().map(this::isFresh).orElse(false)) {
      return;
    }
    try {
      MemoryRecords records = new MemoryRecords();
      bootstrap.importInto(records).join();
      CertificateAuthority authority =
          new Vault(bootstrap.sealer(), records, random, time).authority().join();
      X509Certificate own =
          authority.issue(
              keys.signingRequest(),
              keys.node(),
              Role.MAIN,
              CertificateAuthority.VALIDITY,
              keys.certificate().map(CertificateAuthority::hosts).orElse(List.of()));
      keys.install(
          List.of(own.getEncoded(), authority.certificate().getEncoded()), authority.fingerprint());
      writeStores();
    } catch (CertificateRefused | CertificateEncodingException | KeyStoreUnreadable problem) {
      log.error("{} has no fresh certificate: {}", keys.node(), problem.getMessage());
      throw new IllegalStateException(problem);
    }
  }

  private boolean isFresh(X509Certificate certificate) {
    Duration left = Duration.between(time.now(), certificate.getNotAfter().toInstant());
    return left.compareTo(CertificateAuthority.VALIDITY.dividedBy(2)) > 0;
  }
}
