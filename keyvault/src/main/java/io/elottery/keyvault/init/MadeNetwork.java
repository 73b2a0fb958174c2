package io.elottery.keyvault.init;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link NetworkInit} made.
 *
 * @param directory where all of it lies
 * @param authorityFingerprint hex SHA-256 of the authority's certificate
 * @param staffFile {@code staff.tokens}: who may use the staff port, by digest
 * @param staff the same in clear; nowhere else
 */
public record MadeNetwork(
    Path directory, String authorityFingerprint, Path staffFile, List<StaffToken> staff) {
  /** Copies the list. */
  public MadeNetwork {
    staff = List.copyOf(staff);
  }
}
