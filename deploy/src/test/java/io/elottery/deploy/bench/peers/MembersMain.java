package io.elottery.deploy.bench.peers;

import io.elottery.deploy.bench.peers.elottery.OurMembers;
import io.elottery.deploy.bench.peers.hazelcast.HazelcastMembers;
import io.elottery.deploy.bench.peers.jgroups.JGroupsMembers;
import io.elottery.deploy.bench.peers.plain.PlainMembers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The measured process: {@code MembersMain kind members intervalMillis warmSeconds seconds}. */
public final class MembersMain {
  static final String RESULT = "COST ";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private MembersMain() {}

  /** Starts them, waits until all know all, warms up, measures, prints one line. */
  public static void main(String[] args) throws Exception {
    int members = Integer.parseInt(args[1]);
    Duration interval = Duration.ofMillis(Long.parseLong(args[2]));
    try (Members all = of(args[0])) {
      all.start(members, interval);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!all.complete()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(members + " of " + args[0] + " do not find each other");
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
      TimeUnit.SECONDS.sleep(Long.parseLong(args[3]));
      Cost before = Cost.now();
      TimeUnit.SECONDS.sleep(Long.parseLong(args[4]));
      Cost after = Cost.now();
      if (!all.complete()) {
        throw new IllegalStateException(args[0] + " fell apart while it was measured");
      }
      System.out.println(RESULT + after.since(before, members) + " " + all.how());
    }
    // What a library leaves running ends with the process.
    System.exit(0);
  }

  private static Members of(String kind) {
    return switch (kind) {
      case "elottery" -> new OurMembers(true);
      case "elottery-links" -> new OurMembers(false);
      case "jgroups" -> new JGroupsMembers();
      case "hazelcast" -> new HazelcastMembers();
      case "nobody" -> new Nobody();
      case "plain" -> new PlainMembers();
      default -> throw new IllegalArgumentException("no such kind: " + kind);
    };
  }

  /** An idle process: what of the others' figures is the virtual machine's own. */
  private static final class Nobody implements Members {
    @Override
    public String how() {
      return "a JVM that does nothing";
    }

    @Override
    public void start(int count, Duration interval) {}

    @Override
    public boolean complete() {
      return true;
    }

    @Override
    public void close() {}
  }
}
