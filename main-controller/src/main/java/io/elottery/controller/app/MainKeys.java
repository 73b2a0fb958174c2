package io.elottery.controller.app;

import io.elottery.keyvault.signing.CertifiedSigner;
import io.elottery.keyvault.vault.Bootstrap;
import java.security.cert.X509Certificate;

/**
 * What of a main's keys its desks use.
 *
 * @param bootstrap the records of the new network and what opens them
 * @param signer signs with this main's certificate key
 * @param authority of this network
 */
record MainKeys(Bootstrap bootstrap, CertifiedSigner signer, X509Certificate authority) {}
