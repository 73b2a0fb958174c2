package io.elottery.deploy.demo;

import io.elottery.deploy.checker.Checker;
import io.elottery.deploy.checker.CheckerFile;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterPace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The checker beside a demo: says every minute how it stands and reads everything back, and says
 * what it finds at once. Runs until it is interrupted or the process ends.
 */
public final class DemoChecker implements Runnable {
  private static final int WRITES = 12; // between two readings, each after this many seconds
  private static final int SECONDS = 5;
  private static final int RECEIPTS = 50; // of each player, compared byte by byte each minute

  private final ClusterLayout layout;
  private final double perSecond;
  private final Consumer<String> progress;

  /**
   * @param perSecond tickets it buys
   * @param progress told a line whenever there is something to say
   */
  public DemoChecker(ClusterLayout layout, double perSecond, Consumer<String> progress) {
    this.layout = layout;
    this.perSecond = perSecond;
    this.progress = progress;
  }

  @Override
  public void run() {
    Path directory = layout.directory();
    Checker.Config config =
        new Checker.Config(
            "http://" + layout.site(),
            ClusterPace.BRANCHES,
            ClusterPace.BRANCHES.size() + 1, // the last one buys in another branch
            perSecond,
            CheckerFile.journal(directory));
    try (Checker checker =
        new Checker(config, finding -> progress.accept("checker: FOUND " + finding))) {
      checker.start();
      CountDownLatch never = new CountDownLatch(1);
      for (long i = 1; !never.await(SECONDS, TimeUnit.SECONDS); i++) {
        if (i % WRITES == 0) {
          readBack(checker);
        }
        CheckerFile.write(directory, checker.tree());
      }
    } catch (IOException | IllegalArgumentException failed) {
      progress.accept("the checker ended: " + failed.getMessage());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void readBack(Checker checker) {
    try {
      checker.readBack(RECEIPTS, player -> {});
      progress.accept("checker: all read back; " + checker.line());
    } catch (IOException away) {
      progress.accept("checker: cannot read back now; " + checker.line());
    }
  }
}
