/**
 * Which certificates there are and when they end. Entry type: {@link
 * io.elottery.keyvault.forecast.CertificateBook}. Values only, any thread.
 */
@NullMarked
package io.elottery.keyvault.forecast;

import org.jspecify.annotations.NullMarked;
