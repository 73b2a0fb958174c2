package io.elottery.deploy.e2e;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting between two looks at a real process. */
final class Pause {
  private Pause() {}

  static void millis(long millis) throws InterruptedException {
    boolean released = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    assert !released;
  }
}
