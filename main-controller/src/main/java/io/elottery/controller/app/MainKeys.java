package io.elottery.controller.app;

import io.elottery.keyvault.signing.CertifiedSigner;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.HeaderFile;
import io.elottery.keyvault.vault.VaultKeys;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;

/**
 * What of a main's keys its desks use.
 *
 * @param bootstrap the records of the new network
 * @param vault the open compartments' keys
 * @param header where a newer header of the vault is kept
 * @param signer signs with this main's certificate key
 * @param authority of this network
 * @param disk for what waits for the disk or takes long; never main's loop
 */
record MainKeys(
    Bootstrap bootstrap,
    VaultKeys vault,
    HeaderFile header,
    CertifiedSigner signer,
    X509Certificate authority,
    Executor disk) {}
