package io.elottery.deploy.staff;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterDescription.SignIn;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.foundation.time.RandomSource;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sign-ins of a fresh or restarted cluster: staff by their tokens, player and operator anew.
 */
public final class FirstSignIns {
  private static final String BRANCH = "TOR";

  private FirstSignIns() {}

  /** The same cluster with everybody signed in. */
  public static ClusterDescription of(
      ClusterDescription description, RandomSource random, Duration patience) throws CommandFailed {
    ClusterLayout layout = description.layout();
    SignUp signUp =
        new SignUp(
            new Http("http://" + layout.site(), ""),
            new Http("http://" + layout.staff(), description.signIn("operations").token()),
            patience);
    Map<String, SignIn> signIns = new TreeMap<>(description.signIns());
    SignIn player = signIns.get("player");
    signIns.put(
        "player",
        player == null
            ? signUp.player(BRANCH, "demo", password(random))
            : signUp.signIn(player.id(), player.password()));
    SignIn operator = signIns.get("operator");
    signIns.put(
        "operator",
        operator == null
            ? signUp.operator(BRANCH, "operator", password(random))
            : signUp.signIn(operator.id(), operator.password()));
    return new ClusterDescription(layout, signIns);
  }

  private static String password(RandomSource random) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(12));
  }
}
