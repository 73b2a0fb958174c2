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
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.HeaderFile;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Passphrases;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultKeys;
import io.elottery.keyvault.vault.VaultSealed;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this main is: its own keys and certificate, and the vault's keys where passphrase files open
 * it. {@code elottery init} gave it its first certificate, so it starts with a sealed vault too; it
 * renews it at half of its time while the vault is open. Not on a loop: it waits for the disk.
 */
final class MainIdentity {
  /** The vault's newest header, in the node's directory. */
  static final String HEADER = "vault.header";

  /** Where key and trust store for ZooKeeper's client lie, in the node's directory. */
  static final String STORES = "stores";

  private static final Logger log = LoggerFactory.getLogger(MainIdentity.class);

  private final Bootstrap bootstrap;
  private final VaultKeys vault;
  private final HeaderFile header;
  private final NodeKeys keys;
  private final Path stores;
  private final RandomSource random;
  private final Time time;

  private MainIdentity(
      Bootstrap bootstrap,
      VaultKeys vault,
      HeaderFile header,
      NodeKeys keys,
      Path stores,
      RandomSource random,
      Time time) {
    this.bootstrap = bootstrap;
    this.vault = vault;
    this.header = header;
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
      Bootstrap bootstrap = Bootstrap.read(config.bootstrapFile());
      HeaderFile header = new HeaderFile(config.dir().resolve(HEADER));
      VaultKeys vault = VaultKeys.sealed(header.newest(bootstrap.header()), random);
      open(vault, bootstrap, config);
      NodeId node = config.node();
      NodeKeys keys = NodeKeys.open(config.dir().resolve("keys"), node, Role.MAIN, random);
      MainIdentity identity =
          new MainIdentity(
              bootstrap, vault, header, keys, config.dir().resolve(STORES), random, time);
      identity.renewIfDue();
      return identity;
    } catch (IOException | SealBroken | KeyStoreUnreadable problem) {
      throw new IllegalStateException(
          config.node() + " cannot open its keys: " + problem.getMessage(), problem);
    }
  }

  // Without passphrase files the vault stays sealed: pieces come later, over the staff's calls.
  private static void open(VaultKeys vault, Bootstrap bootstrap, ControllerConfig config)
      throws IOException, SealBroken {
    Map<Compartment, String> passphrases = Passphrases.read(config.passphraseFile());
    vault.open(passphrases);
    for (Compartment compartment : Compartment.values()) {
      if (!vault.isOpen(compartment)) {
        log.warn(
            "{} starts with its vault's {} sealed: new keys and certificates wait for `elottery"
                + " vault unseal`",
            config.node(),
            compartment.text());
      }
    }
    try {
      bootstrap.prove(vault.sealer(Compartment.NETWORK));
    } catch (VaultSealed later) {
      log.debug("the bootstrap is proven when the vault opens");
    }
  }

  /**
   * What the desks use.
   *
   * @param disk for what waits for the disk
   */
  MainKeys mine(Executor disk) {
    return new MainKeys(bootstrap, vault, header, keys, keys.authority().orElseThrow(), disk);
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

  /**
   * Gives itself a certificate when there is none or half of its time is over. While the vault is
   * sealed it goes on with the one it has.
   */
  void renewIfDue() {
    if (keys.certificate().map(this::isFresh).orElse(false)) {
      return;
    }
    if (!vault.isOpen(Compartment.NETWORK)) {
      X509Certificate held =
          keys.certificate()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          keys.node()
                              + " has no certificate and its vault is sealed: give it its keys"
                              + " directory back, or a passphrase file"));
      log.warn(
          "{} cannot renew its certificate, because the vault is sealed; it ends at {}",
          keys.node(),
          held.getNotAfter().toInstant());
      return;
    }
    try {
      MemoryRecords records = new MemoryRecords();
      bootstrap.importInto(records).join();
      CertificateAuthority authority = new Vault(vault, records, random, time).authority().join();
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
