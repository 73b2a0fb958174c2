package io.elottery.deploy.cluster;

import io.elottery.deploy.cluster.ClusterDescription.SignIn;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.init.InitPlan;
import io.elottery.keyvault.init.MadeNetwork;
import io.elottery.keyvault.init.NetworkInit;
import io.elottery.keyvault.init.NetworkNotMade;
import io.elottery.keyvault.init.StaffToken;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.seal.KdfCost;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes everything a new cluster needs on the disk, offline: keys, tokens, configurations. */
public final class ClusterSetup {
  private ClusterSetup() {}

  /**
   * A new cluster in an empty directory.
   *
   * @param cost what a guess at the passphrase costs, and each main at its start
   * @throws CommandFailed when the directory holds something
   */
  public static ClusterDescription make(ClusterLayout layout, ClusterPace pace, KdfCost cost)
      throws CommandFailed {
    return make(layout, pace, cost, Optional.empty()).description();
  }

  /**
   * A cluster that was made.
   *
   * @param pieces what opens its vault, where it opens by pieces; nowhere else
   */
  public record Made(ClusterDescription description, List<KeyPiece> pieces) {}

  /**
   * A new cluster in an empty directory.
   *
   * @param cost what a guess at the passphrase costs, and each main at its start
   * @param cut how the vault is cut; empty = it opens by passphrase files
   * @throws CommandFailed when the directory holds something
   */
  public static Made make(
      ClusterLayout layout, ClusterPace pace, KdfCost cost, Optional<InitPlan.Cut> cut)
      throws CommandFailed {
    InitPlan plan =
        new InitPlan(
            "elottery", roles(layout), Map.of(), pace.shards(), cost, InitPlan.TOKEN_VALIDITY, cut);
    try {
      MadeNetwork made =
          NetworkInit.make(layout.directory(), plan, new SecureRandomSource(), new SystemTime());
      new ClusterFiles(layout, pace).write();
      ClusterDescription description = new ClusterDescription(layout, signIns(made));
      description.write(Map.of());
      return new Made(description, made.pieces());
    } catch (NetworkNotMade refused) {
      throw new CommandFailed(ExitCode.REFUSED, String.valueOf(refused.getMessage()), refused);
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot write into " + layout.directory() + ": " + failed, failed);
    }
  }

  /**
   * Makes a worker's directory in a cluster that is there.
   *
   * @param layout with that worker
   * @param token by which it joins
   */
  public static void add(ClusterLayout layout, Server worker, String token) throws CommandFailed {
    try {
      new ClusterFiles(layout, ClusterPace.lively()).write(worker, token);
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot write into " + worker.directory() + ": " + failed, failed);
    }
  }

  private static Map<Role, List<NodeId>> roles(ClusterLayout layout) {
    Map<Role, List<NodeId>> roles = new TreeMap<>();
    roles.put(Role.MAIN, ids(layout, Server.Kind.MAIN));
    roles.put(Role.WORKER, ids(layout, Server.Kind.WORKER));
    roles.put(Role.GATEWAY, ids(layout, Server.Kind.GATEWAY));
    roles.put(Role.AUDITOR, ids(layout, Server.Kind.AUDITOR));
    roles.put(Role.ZOOKEEPER, ids(layout, Server.Kind.ZOOKEEPER));
    return roles;
  }

  private static List<NodeId> ids(ClusterLayout layout, Server.Kind kind) {
    return layout.of(kind).stream().map(Server::id).toList();
  }

  private static Map<String, SignIn> signIns(MadeNetwork made) {
    Map<String, SignIn> signIns = new TreeMap<>();
    for (StaffToken token : made.staff()) {
      signIns.put(token.name(), new SignIn(token.name(), "", token.clear()));
    }
    return signIns;
  }
}
