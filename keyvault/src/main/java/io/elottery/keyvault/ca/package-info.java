/**
 * The network's own certificate authority. Entry type: {@link
 * io.elottery.keyvault.ca.CertificateAuthority}. Any thread.
 */
@NullMarked
package io.elottery.keyvault.ca;

import org.jspecify.annotations.NullMarked;
