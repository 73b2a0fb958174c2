package io.elottery.deploy.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What supervision costs a member: ours, JGroups and Hazelcast in turn, each in a JVM and a network
 * namespace of its own, so that its loopback device carries nothing else. Run by name only:
 *
 * <pre>mvn -pl deploy -am verify -Dtest=none -Dit.test=SupervisionCostBench
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 *
 * {@code -Dcost.members=32 -Dcost.interval=500 -Dcost.warm=60 -Dcost.seconds=60 -Dcost.kinds=…}
 * change it.
 */
class SupervisionCostBench {
  private static final String OURS = "elottery";
  private static final int FIGURES = 5;
  private static final double KIB = 1024;

  private final int members = Integer.getInteger("cost.members", 32);
  private final int interval = Integer.getInteger("cost.interval", 500);
  private final int warm = Integer.getInteger("cost.warm", 60);
  private final int seconds = Integer.getInteger("cost.seconds", 60);
  private final String kinds =
      System.getProperty("cost.kinds", "nobody,plain,elottery-links,elottery,jgroups,hazelcast");

  private record Row(double processor, double bytes, double packets, double threads, double heap) {}

  @Test
  void aMemberOfOursCostsLessThanOneOfOthers() throws IOException, InterruptedException {
    Map<String, Row> rows = new LinkedHashMap<>();
    Map<String, String> how = new LinkedHashMap<>();
    for (String kind : kinds.split(",", -1)) {
      String[] line = measured(kind).split(" ", FIGURES + 1);
      rows.put(kind, row(line));
      how.put(kind, line[FIGURES]);
    }
    print(rows, how);

    Row ours = rows.get(OURS);
    for (String other : List.of("jgroups", "hazelcast")) {
      Row theirs = rows.get(other);
      if (ours != null && theirs != null) {
        assertThat(ours.processor).as("processor, beside %s", other).isLessThan(theirs.processor);
      }
    }
  }

  private Row row(String[] line) {
    return new Row(
        Double.parseDouble(line[0]),
        Double.parseDouble(line[1]),
        Double.parseDouble(line[2]),
        Double.parseDouble(line[3]) / members,
        Double.parseDouble(line[4]) / KIB / members);
  }

  private void print(Map<String, Row> rows, Map<String, String> how) {
    Row ours = rows.get(OURS);
    System.out.printf(
        "%d members, %d ms, measured for %d s after %d s; in brackets: times ours%n",
        members, interval, seconds, warm);
    System.out.println(
        "| a member | CPU ms/s | bytes/s | packets/s | threads | heap KiB |\n|---|---|---|---|---|---|");
    rows.forEach(
        (kind, row) -> {
          Row base = ours == null ? row : ours;
          System.out.printf(
              Locale.ROOT,
              "| %s | %.2f (%.1f) | %,.0f (%.1f) | %.1f (%.1f) | %.1f | %,.0f |%n",
              how.get(kind),
              row.processor,
              row.processor / base.processor,
              row.bytes,
              row.bytes / base.bytes,
              row.packets,
              row.packets / base.packets,
              row.threads,
              row.heap);
        });
  }

  private String measured(String kind) throws IOException, InterruptedException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true"));
    java.add("-Dlogback.configurationFile=logback-command.xml");
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.add(MembersMain.class.getName());
    java.addAll(List.of(kind, "" + members, "" + interval, "" + warm, "" + seconds));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    command.addAll(java);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    String result = "";
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.startsWith(MembersMain.RESULT)) {
          result = line.substring(MembersMain.RESULT.length());
        }
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor()).as("%s: %s", kind, tail(said)).isZero();
    return result;
  }

  private static List<String> tail(List<String> said) {
    return said.subList(Math.max(0, said.size() - 30), said.size());
  }
}
