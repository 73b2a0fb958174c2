package io.elottery.keyvault.init;

import io.elottery.keyvault.pieces.KeyPiece;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@link NetworkInit} made.
 *
 * @param directory where all of it lies
 * @param authorityFingerprint hex SHA-256 of the authority's certificate
 * @param staff the first members' tokens in clear; nowhere else, the staff book has digests
 * @param pieces what opens the vault, where it opens by pieces; nowhere else
 */
public record MadeNetwork(
    Path directory, String authorityFingerprint, List<StaffToken> staff, List<KeyPiece> pieces) {
  /** Copies the lists. */
  public MadeNetwork {
    staff = List.copyOf(staff);
    pieces = List.copyOf(pieces);
  }
}
