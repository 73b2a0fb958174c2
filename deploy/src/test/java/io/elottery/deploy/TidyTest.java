package io.elottery.deploy;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Few and absolute: calls that have a better replacement, and a page for every package. */
class TidyTest {
  /**
   * Where the outside world is touched: the only places with clocks, chance and threads of their
   * own.
   */
  private static final List<String> ADAPTERS =
      List.of(
          "io.elottery.foundation.time.",
          "io.elottery.foundation.loop.LoopThread",
          "io.elottery.heartbeat.netty.",
          "io.elottery.heartbeat.registry.curator.",
          "io.elottery.keyvault.bouncycastle.",
          "io.elottery.ledger.rocksdb.",
          "io.elottery.controller.schedule.quartz.",
          "io.elottery.web.http.",
          "io.elottery.worker.disk.",
          "io.elottery.worker.heap.",
          "io.elottery.deploy.");

  private static final Class<?>[] NONE = {};

  private record Ban(String what, String instead, DescribedPredicate<JavaCall<?>> call) {}

  private static List<Ban> bans() {
    return List.of(
        new Ban("Instant.now", "Time.now()", method(java.time.Instant.class, "now")),
        new Ban(
            "System.currentTimeMillis", "Time.now()", method(System.class, "currentTimeMillis")),
        new Ban("System.nanoTime", "Time.nanos()", method(System.class, "nanoTime")),
        // With a seed it is what MicroRaft wants, and repeats.
        new Ban(
            "new Random()",
            "RandomSource",
            method(Random.class, "<init>").and(target(rawParameterTypes(NONE))).forSubtype()),
        new Ban("Math.random", "RandomSource", method(Math.class, "random")),
        new Ban("Thread.sleep", "Timers.after", method(Thread.class, "sleep")),
        new Ban("new Thread", "LoopThread in an Assembly", method(Thread.class, "<init>")),
        new Ban(
            "Executors",
            "a NodeLoop, or an adapter's own threads",
            JavaCall.Predicates.target(owner(JavaClass.Predicates.type(Executors.class)))
                .forSubtype()),
        new Ban(
            "CompletableFuture.supplyAsync without an executor",
            "an executor that says whose thread it is",
            JavaCall.Predicates.target(owner(JavaClass.Predicates.type(CompletableFuture.class)))
                .and(target(name("supplyAsync")))
                .and(target(rawParameterTypes(Supplier.class)))
                .forSubtype()),
        new Ban(
            "CompletableFuture.runAsync without an executor",
            "an executor that says whose thread it is",
            JavaCall.Predicates.target(owner(JavaClass.Predicates.type(CompletableFuture.class)))
                .and(target(nameMatching("runAsync|then.*Async|whenCompleteAsync|handleAsync")))
                .and(target(withoutExecutor()))
                .forSubtype()));
  }

  @TestFactory
  List<DynamicTest> coreDoesNotCall() {
    return bans().stream()
        .map(
            ban ->
                DynamicTest.dynamicTest(
                    ban.what,
                    () ->
                        noClasses()
                            .that(isCore())
                            .should()
                            .callCodeUnitWhere(ban.call)
                            .because(
                                "the core uses " + ban.instead + ", so that it can be simulated")
                            .check(Ours.CLASSES)))
        .toList();
  }

  @Test
  void bansFindWhatIsBanned() {
    // Each of these stands in an adapter: without the exception for adapters the ban must see it.
    for (String banned : List.of("Instant.now", "System.nanoTime", "new Thread", "Executors")) {
      Ban ban = bans().stream().filter(one -> one.what.equals(banned)).findFirst().orElseThrow();

      assertThat(
              noClasses()
                  .should()
                  .callCodeUnitWhere(ban.call)
                  .evaluate(Ours.CLASSES)
                  .hasViolation())
          .as(banned)
          .isTrue();
    }
  }

  @Test
  void everyPackageHasItsPage() {
    TreeSet<String> packages = new TreeSet<>();
    TreeSet<String> described = new TreeSet<>();
    for (JavaClass type : Ours.CLASSES) {
      packages.add(type.getPackageName());
      if (type.getSimpleName().equals("package-info")) {
        described.add(type.getPackageName());
      }
    }
    // JTE writes this package from the pages' templates.
    packages.removeIf(name -> name.startsWith("gg.jte"));

    assertThat(packages).isSubsetOf(described).isNotEmpty();
  }

  private static DescribedPredicate<JavaClass> isCore() {
    return DescribedPredicate.describe(
        "are neither adapters nor a Main",
        type ->
            !type.getSimpleName().endsWith("Main")
                && ADAPTERS.stream().noneMatch(adapter -> type.getName().startsWith(adapter)));
  }

  private static DescribedPredicate<JavaCall<?>> method(Class<?> type, String name) {
    return JavaCall.Predicates.target(owner(JavaClass.Predicates.type(type)))
        .and(target(name(name)))
        .forSubtype();
  }

  private static DescribedPredicate<
          com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget>
      withoutExecutor() {
    return DescribedPredicate.describe(
        "without an executor",
        target ->
            target.getRawParameterTypes().stream()
                .noneMatch(type -> type.getName().equals("java.util.concurrent.Executor")));
  }
}
