package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterDescription.SignIn;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.outcome.CommandFailed;

/** What somebody who has just started a network wants to know. */
public final class Welcome {
  private Welcome() {}

  /** Addresses and sign-ins. */
  public static String text(ClusterDescription description) throws CommandFailed {
    ClusterLayout layout = description.layout();
    SignIn player = description.signIn("player");
    return """

        site            http://%s
          player        %s  password %s
        staff console   http://%s
          token         %s
        sign-ins, all   %s
        """
        .formatted(
            layout.site(),
            player.id(),
            player.password(),
            layout.staff(),
            description.signIn("operations").token(),
            ClusterDescription.file(layout.directory()));
  }
}
