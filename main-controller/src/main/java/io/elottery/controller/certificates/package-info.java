/**
 * Which certificates there are, when they end, and which count no more. Entry types: {@link
 * io.elottery.controller.certificates.CertificateDesk} and {@link
 * io.elottery.controller.certificates.RevocationDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.certificates;

import org.jspecify.annotations.NullMarked;
