package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two security officers at their terminals: one proposes, the other approves what it read. */
final class Officers {
  private final LocalCluster cluster;

  Officers(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Runs a command that proposes, as the first officer; the proposal's id. */
  String propose(String... words) throws IOException {
    JsonNode proposal = as("officer1", words);
    assertThat(proposal.path("state").asText()).as(proposal.toString()).isEqualTo("PENDING");
    return proposal.path("id").asText();
  }

  /** The second officer approves and waits until it is carried out; what came of it. */
  String approve(String proposal) throws IOException {
    JsonNode done = as("officer2", "approvals", "approve", proposal, "--yes", "--wait");
    assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
    return done.path("why").asText();
  }

  /** The second officer approves and does not wait. */
  void approveOnly(String proposal) throws IOException {
    as("officer2", "approvals", "approve", proposal, "--yes");
  }

  /** Runs a command as somebody and reads what it printed. */
  JsonNode as(String name, String... words) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--as");
    all.add(name);
    return cluster.json(all.toArray(String[]::new));
  }

  /** Every link's key epoch. */
  TreeMap<String, Integer> epochs() throws IOException {
    TreeMap<String, Integer> epochs = new TreeMap<>();
    for (JsonNode item : as("officer1", "keys", "list").path("items")) {
      epochs.put(item.path("link").asText(), item.path("epoch").asInt());
    }
    return epochs;
  }

  /** The stages links are in; all the same once everything is settled. */
  TreeSet<String> stages() throws IOException {
    TreeSet<String> stages = new TreeSet<>();
    for (JsonNode item : as("officer1", "keys", "list").path("items")) {
      stages.add(item.path("stage").asText());
    }
    return stages;
  }

  /** Waits until no rotation runs and every link is settled under an active key at both ends. */
  void awaitSettled(Duration within) throws IOException, InterruptedException {
    long began = System.nanoTime();
    JsonNode last;
    do {
      // Between two waves of a rotation every link is settled, too.
      boolean rotates = as("officer1", "keys", "progress").path("state").asText().equals("RUNNING");
      last = as("officer1", "keys", "list");
      boolean settled = !rotates && last.path("items").size() > 0;
      for (JsonNode item : last.path("items")) {
        settled &=
            item.path("stage").asText().equals("ACTIVE")
                && item.path("confirmed").asText().equals("2/2");
      }
      if (settled) {
        return;
      }
      Pause.millis(500);
    } while (Duration.ofNanos(System.nanoTime() - began).compareTo(within) < 0);
    throw new AssertionError("not settled within " + within + ": " + last.toPrettyString());
  }
}
