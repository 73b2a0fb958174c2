package io.elottery.foundation.simulation;

import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The command that repeats one seed of the test at work. */
final class Replay {
  private Replay() {}

  static String command(long seed) {
    Class<?> test = testAtWork().orElse(Replay.class);
    String name = test.getSimpleName();
    boolean unit = name.endsWith("Test") || name.endsWith("Properties");
    return "mvn -pl "
        + module(test)
        + (unit ? " -am test -Dtest=" + name : " -am verify -Dtest=none -Dit.test=" + name)
        + (unit ? "" : " -Dfailsafe.failIfNoSpecifiedTests=false")
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed="
        + seed;
  }

  private static Optional<Class<?>> testAtWork() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .<Class<?>>map(frame -> outermost(frame.getDeclaringClass()))
                    .filter(
                        type ->
                            type.getSimpleName().matches(".*(Test|Properties|Simulation|IT|E2E)"))
                    .findFirst());
  }

  private static Class<?> outermost(Class<?> type) {
    Class<?> outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    return outer;
  }

  // The tests of a module run from MODULE/target/test-classes.
  private static String module(Class<?> test) {
    CodeSource source = test.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "MODULE";
    }
    Path classes = Path.of(source.getLocation().getPath());
    return classes.getNameCount() < 3
        ? "MODULE"
        : classes.getName(classes.getNameCount() - 3).toString();
  }
}
