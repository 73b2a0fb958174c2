package io.elottery.controller.app;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.revocation.Revocations;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the desks see of the certificates behind the trunks.
 *
 * @param revocations what is refused on them
 * @param shown what a connected server, or this main itself, shows
 * @param stop ends this main when its own key is revoked; must not wait
 */
record TrunkCertificates(
    Revocations revocations, Function<NodeId, Optional<X509Certificate>> shown, Runnable stop) {}
