package io.elottery.deploy.cuts;

import io.elottery.foundation.lifecycle.Lifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the servers of a local cluster and holds what {@link CutsFile} says: in one
 * direction or both, connections that are open and those to come. It moves bytes and cannot read
 * them; all are encrypted between the servers.
 *
 * <p>Held bytes are not lost: they arrive when the cut is healed, as TCP would send them again. One
 * thread of its own.
 */
public final class CutRelay implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(CutRelay.class);
  private static final long LOOK_MILLIS = 50;

  private final List<Gate> gates = new ArrayList<>();
  private final CutsFile file;
  private final Selector selector;
  private final Thread thread;
  // Written by whoever closes, read by the own thread.
  private volatile boolean closing;
  private Cuts now = Cuts.NONE;

  /**
   * @param sources the server that dials from each address
   */
  public CutRelay(List<Route> routes, Map<String, String> sources, CutsFile file) {
    this.file = file;
    try {
      selector = Selector.open();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Map<String, String> known = Map.copyOf(sources);
    routes.forEach(route -> gates.add(new Gate(route, known, selector, () -> now)));
    thread = new Thread(this::run, "cuts");
  }

  @Override
  public void start() {
    try {
      look();
      for (Gate gate : gates) {
        gate.open();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the relay: " + failed.getMessage(), failed);
    }
    thread.start();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      while (!closing) {
        selector.select(this::ready, LOOK_MILLIS);
        look();
        for (Gate gate : gates) {
          gate.look();
        }
      }
      gates.forEach(Gate::close);
    } catch (IOException failed) {
      log.error("the relay ends", failed);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.attachment() instanceof Gate gate) {
      try {
        gate.accept();
      } catch (IOException failed) {
        // Out of file descriptors, most likely: those who wait are accepted when there are some.
        log.warn("the relay cannot accept: {}", failed.getMessage());
      }
    } else {
      ((Joint) key.attachment()).go();
    }
  }

  private void look() throws IOException {
    Cuts wanted;
    try {
      wanted = file.read();
    } catch (IllegalArgumentException malformed) {
      log.warn("{}", malformed.getMessage());
      return;
    }
    if (!wanted.equals(now)) {
      log.info("cut: {} → {}", now.cuts(), wanted.cuts());
      now = wanted;
      gates.forEach(Gate::changed);
    }
    if (!file.isApplied(now)) {
      file.applied(now);
    }
  }
}
