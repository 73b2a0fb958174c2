package io.elottery.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls: who may import whom, and which package alone knows which technology. */
class ArchitectureTest {
  private static final List<String> MODULES =
      List.of(
          "foundation",
          "lottery",
          "ledger",
          "keyvault",
          "heartbeat",
          "reports",
          "worker",
          "controller",
          "web",
          "auditor",
          "deploy");

  private static final List<String> SIBLINGS =
      List.of("heartbeat", "keyvault", "ledger", "reports");
  private static final List<String> PROCESSES = List.of("worker", "controller", "web", "auditor");

  // Bytes in memory, and what parsers of text declare that they throw.
  private static final Set<String> IN_MEMORY =
      Set.of(
          "java.io.ByteArrayOutputStream",
          "java.io.IOException",
          "java.io.UncheckedIOException",
          "java.io.Serializable");

  @Test
  void allModulesAreLookedAt() {
    for (String module : MODULES) {
      assertThat(Ours.CLASSES)
          .as("classes of %s on the class path", module)
          .anyMatch(type -> type.getPackageName().startsWith("io.elottery." + module));
    }
  }

  @TestFactory
  List<DynamicTest> modulesImportOnlyThoseBelow() {
    List<DynamicTest> tests = new ArrayList<>();
    allowed()
        .forEach(
            (module, below) -> {
              String[] others =
                  MODULES.stream()
                      .filter(other -> !other.equals(module) && !below.contains(other))
                      .map(ArchitectureTest::packages)
                      .toArray(String[]::new);
              if (others.length > 0) {
                tests.add(
                    DynamicTest.dynamicTest(
                        module,
                        () ->
                            noClasses()
                                .that()
                                .resideInAPackage(packages(module))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(others)
                                .because(
                                    module
                                        + " may import only "
                                        + below
                                        + ": a need across is a port, filled in an Assembly")
                                .check(Ours.CLASSES)));
              }
            });
    return tests;
  }

  private static Map<String, List<String>> allowed() {
    Map<String, List<String>> allowed = new TreeMap<>();
    allowed.put("foundation", List.of());
    allowed.put("lottery", List.of("foundation"));
    SIBLINGS.forEach(module -> allowed.put(module, List.of("foundation", "lottery")));
    List<String> below = new ArrayList<>(SIBLINGS);
    below.addAll(List.of("foundation", "lottery"));
    PROCESSES.forEach(module -> allowed.put(module, below));
    return allowed;
  }

  @Test
  void modulesHaveNoCycles() {
    slices()
        .matching("io.elottery.(*)..")
        .should()
        .beFreeOfCycles()
        .because("what needs each other cannot be understood or built alone")
        .check(Ours.CLASSES);
  }

  @TestFactory
  List<DynamicTest> eachTechnologyHasOneDoor() {
    Map<String, List<String>> doors = new TreeMap<>();
    // The bench's yardstick is this library without protection: of another one the ratio would
    // say nothing.
    doors.put(
        "io.netty..", List.of("io.elottery.heartbeat.netty..", "io.elottery.deploy.bench.netty.."));
    doors.put("org.apache.curator..", List.of("io.elottery.heartbeat.registry.curator.."));
    doors.put(
        "org.apache.zookeeper..",
        List.of("io.elottery.heartbeat.registry.curator..", "io.elottery.deploy.zookeeper.."));
    doors.put(
        "org.bouncycastle..",
        List.of("io.elottery.keyvault.bouncycastle..", "io.elottery.heartbeat.netty.."));
    doors.put("org.quartz..", List.of("io.elottery.controller.schedule.quartz.."));
    doors.put("io.microraft..", List.of("io.elottery.ledger.raft.."));
    doors.put("org.rocksdb..", List.of("io.elottery.ledger.rocksdb.."));
    doors.put(
        "io.vertx..", List.of("io.elottery.web.http..", "io.elottery.deploy.bench.postgres.."));
    doors.put("org.apache.pdfbox..", List.of("io.elottery.reports.rendering.pdfbox.."));
    doors.put("picocli..", List.of("io.elottery.deploy", "io.elottery.deploy.command.."));
    doors.put(
        "com.sun.net.httpserver..",
        List.of("io.elottery.foundation.admin..", "io.elottery.deploy.bench.."));
    return doors.entrySet().stream()
        .map(
            door ->
                DynamicTest.dynamicTest(
                    door.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage("io.elottery..")
                            .and()
                            .resideOutsideOfPackages(door.getValue().toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(door.getKey())
                            .because(
                                "only "
                                    + door.getValue()
                                    + " knows this library, so that it can be exchanged there")
                            .check(Ours.CLASSES)))
        .toList();
  }

  @Test
  void lotteryIsPure() {
    noClasses()
        .that()
        .resideInAPackage("io.elottery.lottery..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "reach outside the process",
                type ->
                    type.getPackageName().matches("java\\.(io|nio\\.file|net)")
                        && !IN_MEMORY.contains(type.getName())))
        .because("the same code decides live, on replay and in a verifier")
        .check(Ours.CLASSES);
  }

  private static String packages(String module) {
    return "io.elottery." + module + "..";
  }
}
