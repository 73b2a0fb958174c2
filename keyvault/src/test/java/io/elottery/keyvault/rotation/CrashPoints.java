package io.elottery.keyvault.rotation;

import io.elottery.foundation.simulation.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The places where a simulated server may die: the n-th one passed, or each by chance. The server
 * starts again after a while.
 */
final class CrashPoints {
  private static final Duration DOWN = Duration.ofMillis(700);

  private final RotationWorld town;
  private final long target;
  private final double chance;
  private final List<String> passed = new ArrayList<>();
  private boolean over;

  /** Ends what the server was doing. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param target which one, from 1; 0 for none
   * @param chance of dying at any
   */
  CrashPoints(RotationWorld town, long target, double chance) {
    this.town = town;
    this.target = target;
    this.chance = chance;
  }

  /** The server passes a point, inside one of its loops. */
  void pass(SimNode node, String name) {
    if (dies(node, name)) {
      throw new Died();
    }
  }

  /** The server passes a point outside its loops; true when it died there. */
  boolean dies(SimNode node, String name) {
    if (over || !node.isAlive()) {
      return false;
    }
    passed.add(node.id() + " " + name);
    if (passed.size() != target && !(chance > 0 && town.world.chance().chance(chance))) {
      return false;
    }
    node.crash();
    town.world.after(DOWN, node::start);
    return true;
  }

  /** No more. */
  void end() {
    over = true;
  }

  List<String> passed() {
    return passed;
  }
}
