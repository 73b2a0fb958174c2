package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.roster.RosterWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A division is suggested, proposed and approved; everybody follows while the network runs. */
class DivisionTownTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Town town;

  @SuppressWarnings("NullAway.Init")
  private StaffedTown staff;

  @BeforeEach
  void init() throws Exception {
    staff = new StaffedTown(directory);
    town = staff.town;
  }

  @Test
  void approvedDivisionAppliesLiveAndSurvivesATakeOver() throws Exception {
    ObjectNode asked = StaffedTown.json();
    asked.putObject("assign").put("worker-1", "right").put("worker-2", "left");
    asked.putArray("link").add("worker-1,worker-3");
    StaffedTown.Answer effect =
        staff.ask("main-1", "ops", "POST", "/servers/division/effect", asked);
    assertThat(effect.body().path("breaks")).isEmpty();
    assertThat(effect.body().path("commands").get(0).asText())
        .isEqualTo("elottery servers assign worker-1 right");

    StaffedTown.Answer proposed =
        staff.ask("main-1", "officer1", "POST", "/servers/division", asked);
    assertThat(proposed.status()).isEqualTo(202);
    approve(proposed, "officer2");
    town.wire.pass(Duration.ofSeconds(5));

    assertThat(seen("worker-4", "worker-1").hemisphere()).isEqualTo(Hemisphere.RIGHT);
    assertThat(seen("worker-4", "worker-2").hemisphere()).isEqualTo(Hemisphere.LEFT);
    assertThat(seen("worker-4", "worker-1").neighbours()).contains(NodeId.of("worker-3"));

    town.kill("main-1");
    town.wire.pass(Duration.ofSeconds(20));
    assertThat(seen("worker-4", "worker-1").hemisphere()).isEqualTo(Hemisphere.RIGHT);
    town.kill("worker-1");
    town.wire.pass(Duration.ofSeconds(10));
    assertThat(staff.ask("main-2", "ops", "GET", "/troubles", StaffedTown.json()).body().toString())
        .contains("SERVER_DOWN:worker-1");
  }

  @Test
  void suggestionIsProposedAsOnePlan() throws Exception {
    StaffedTown.Answer suggested =
        staff.ask("main-1", "ops", "GET", "/servers/suggest", StaffedTown.json());
    assertThat(suggested.status()).isEqualTo(200);
    assertThat(suggested.body().path("link")).hasSize(2);
    assertThat(suggested.body().path("assign")).isEmpty();

    StaffedTown.Answer proposed =
        staff.ask("main-1", "officer1", "POST", "/servers/division", (ObjectNode) suggested.body());
    approve(proposed, "officer2");
    town.wire.pass(Duration.ofSeconds(5));

    for (String worker : Town.workerNames()) {
      assertThat(seen("worker-1", worker).neighbours()).hasSize(3);
    }
    assertThat(
            staff
                .ask("main-1", "ops", "GET", "/servers/suggest", StaffedTown.json())
                .body()
                .path("commands"))
        .isEmpty();
  }

  @Test
  void planThatChangedMeanwhileIsNotApproved() throws Exception {
    ObjectNode first = StaffedTown.json();
    first.putArray("link").add("worker-1,worker-3");
    ObjectNode second = StaffedTown.json();
    second.putArray("link").add("worker-2,worker-4");
    StaffedTown.Answer older = staff.ask("main-1", "officer1", "POST", "/servers/division", first);
    approve(staff.ask("main-1", "officer1", "POST", "/servers/division", second), "officer2");
    town.wire.pass(Duration.ofSeconds(1));

    assertThat(approve(older, "officer2").status()).isEqualTo(409);
  }

  private StaffedTown.Answer approve(StaffedTown.Answer proposed, String who) throws IOException {
    String path = "/approvals/" + proposed.text("id") + "/approve";
    return staff.ask(
        "main-1", who, "POST", path, StaffedTown.json().put("hash", proposed.text("hash")));
  }

  private RosterWorker seen(String by, String worker) {
    return Optional.ofNullable(town.workers.get(by))
        .orElseThrow()
        .roster
        .worker(NodeId.of(worker))
        .orElseThrow();
  }
}
