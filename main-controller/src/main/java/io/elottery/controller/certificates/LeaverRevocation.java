package io.elottery.controller.certificates;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.forecast.CertificateBook;
import io.elottery.keyvault.forecast.KnownCertificate;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.reports.order.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Revokes the certificate of a worker that leaves for good, in the name of the two officers who
 * approved that: one revokes, the other confirms. On main's loop.
 */
public final class LeaverRevocation {
  private final Supplier<CertificateBook> certificates;
  private final RevocationDesk revocations;
  private final Function<String, Optional<StaffMember>> named;

  /**
   * @param named the member of the staff of that name
   */
  public LeaverRevocation(
      Supplier<CertificateBook> certificates,
      RevocationDesk revocations,
      Function<String, Optional<StaffMember>> named) {
    this.certificates = certificates;
    this.revocations = revocations;
    this.named = named;
  }

  /** Revokes it by that order, whose detail names the two; what came of it, in words. */
  public String revoke(NodeId worker, Order order) {
    Optional<KnownCertificate> known = certificates.get().of(worker);
    if (known.isEmpty()) {
      return "no certificate of it was ever seen here";
    }
    List<StaffMember> officers =
        Arrays.stream(order.detail().split(",", -1)).map(named).flatMap(Optional::stream).toList();
    if (officers.isEmpty()) {
      return "its certificate is NOT revoked, "
          + order.detail()
          + " are no members of the staff any more: revoke it by hand";
    }
    String reason = "removed from the network, " + order.cause();
    Revocation entry =
        revocations.revoke(
            worker,
            known.get().certificate(),
            reason.substring(0, Math.min(reason.length(), Revocation.WHY_MAX)),
            officers.get(0));
    if (officers.size() > 1 && entry.confirmation().isEmpty()) {
      entry = revocations.confirm(entry, officers.get(1));
    }
    return "its certificate is revoked, key " + entry.id();
  }
}
