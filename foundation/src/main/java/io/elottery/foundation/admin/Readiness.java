package io.elottery.foundation.admin;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Why a server is not ready yet: a set of named checks, each set by the part that knows. Any
 * thread.
 */
public final class Readiness {
  private static final String READY = "ok";

  private final ConcurrentSkipListMap<String, String> checks = new ConcurrentSkipListMap<>();

  /** A named check, not ready until its part says so. */
  public Check check(String name) {
    checks.put(name, "starting");
    return new Check(name);
  }

  /** True when every check is ready. */
  public boolean isReady() {
    return checks.values().stream().allMatch(READY::equals);
  }

  /** Each check by name: {@code ok}, or what it waits for. */
  public Map<String, String> checks() {
    return new TreeMap<>(checks);
  }

  /** One part's own check. Any thread. */
  public final class Check {
    private final String name;

    private Check(String name) {
      this.name = name;
    }

    /** The part serves. */
    public void ready() {
      checks.put(name, READY);
    }

    /**
     * The part does not serve.
     *
     * @param why a few words: {@code waits for LEFT}
     */
    public void notReady(String why) {
      checks.put(name, why);
    }
  }
}
