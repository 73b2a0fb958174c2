package io.elottery.controller.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.ElectionDesk;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.Preference;
import io.elottery.controller.hemisphere.Wakefulness;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.order.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchoverDeskTest {
  private static final NodeId MAIN_1 = NodeId.of("main-1");
  private static final NodeId MAIN_2 = NodeId.of("main-2");
  private static final NodeId MAIN_3 = NodeId.of("main-3");

  private final Wire wire = new Wire();
  private final List<String> told = new ArrayList<>();
  private final Main left = new Main(MAIN_1);
  private final Main right = new Main(MAIN_2);

  /** One main whose seats are given up to this test. */
  private final class Main implements Election, AuditTrail {
    final Wire.Station station;
    final Hemispheres halves;
    final SwitchoverDesk desk;

    Main(NodeId id) {
      station = wire.station(id.name(), Role.MAIN);
      halves = new Hemispheres(id);
      desk =
          new SwitchoverDesk(
              new SwitchoverDesk.Ports(
                  id,
                  station.board,
                  station.loop,
                  halves,
                  new ElectionDesk(
                      id,
                      Preference.BOTH,
                      new ElectionDesk.Ports(
                          station.loop,
                          halves,
                          Wakefulness.within(Duration.ofSeconds(2), wire),
                          this,
                          new AtomicLong())),
                  other -> !other.equals(NodeId.of("main-9")),
                  this,
                  (severity, code, subject, text) -> told.add(code + " " + text)));
      desk.start(new StaffCalls(station.board, halves));
      for (Hemisphere half : Hemisphere.values()) {
        halves.candidates(half, List.of(MAIN_1, MAIN_2, MAIN_3, NodeId.of("main-9")));
      }
    }

    @Override
    public CompletableFuture<Void> record(AuditEntry entry) {
      told.add("audited " + entry.who() + " " + entry.detail());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void recordLater(AuditEntry entry) {}

    @Override
    public CompletableFuture<Boolean> handOver(Hemisphere half, NodeId to) {
      told.add(station.id + " gives " + half + " to " + to + ", acts: " + halves.acts(half));
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void stand(Hemisphere half, ElectionListener listener) {}

    @Override
    public void resign(Hemisphere half) {}

    @Override
    public void renew(Hemisphere half) {}

    @Override
    public void fenceSeen() {}

    @Override
    public List<NodeId> candidates(Hemisphere half) {
      return List.of();
    }
  }

  @BeforeEach
  void elect() {
    left.halves.elected(Hemisphere.LEFT, 4);
    right.halves.elected(Hemisphere.RIGHT, 5);
    left.halves.heard(new Lead(Hemisphere.RIGHT, MAIN_2, 5));
    right.halves.heard(new Lead(Hemisphere.LEFT, MAIN_1, 4));
  }

  @Test
  void leftsLeaderAnswersThenStepsDownBeforeItGivesTheSeatUp() {
    StaffAnswer answer = left.desk.asked(request("left", "main-3")).join();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(left.halves.acts(Hemisphere.LEFT)).isTrue();
    wire.settle();

    assertThat(told)
        .containsExactly(
            "audited olga LEFT from main-1 to main-3, because new disk",
            "SWITCHOVER LEFT from main-1 to main-3, because new disk",
            "main-1 gives LEFT to main-3, acts: false");
  }

  @Test
  void rightsLeaderIsAskedToHandOver() {
    CompletableFuture<StaffAnswer> answer = left.desk.asked(request("RIGHT", "main-3"));
    wire.settle();

    assertThat(answer.join().status()).isEqualTo(202);
    assertThat(told).contains("main-2 gives RIGHT to main-3, acts: false");
    assertThat(left.halves.acts(Hemisphere.LEFT)).isTrue();
  }

  @Test
  void whatCannotBeIsRefusedWithItsReason() {
    assertRefused("left", "main-1", "LEADS_ALREADY");
    assertRefused("left", "main-2", "LEADS_OTHER_HALF");
    assertRefused("left", "main-9", "NOT_CONNECTED");
    assertRefused("left", "main-7", "NOT_STANDING");
    assertRefused("middle", "main-3", "INVALID");
    assertThat(told).isEmpty();
  }

  @Test
  void aLeaderThatActsUnderANewerFenceMeanwhileIsLeftAlone() {
    left.halves.elected(Hemisphere.LEFT, 6);
    CompletableFuture<StaffAnswer> answer = left.desk.asked(request("right", "main-3"));
    right.halves.elected(Hemisphere.RIGHT, 7);
    wire.settle();

    assertThat(answer).isCompletedExceptionally();
    assertThat(right.halves.acts(Hemisphere.RIGHT)).isTrue();
  }

  private void assertRefused(String half, String to, String code) {
    assertThatThrownBy(() -> left.desk.asked(request(half, to)).join())
        .hasCauseInstanceOf(ActionRefused.class)
        .cause()
        .isInstanceOfSatisfying(
            ActionRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static StaffRequest request(String half, String to) {
    return new StaffRequest(
        StaffMember.of("olga", "olga", Set.of(StaffRole.OPERATIONS), Credentials.NONE),
        Map.of(),
        Map.of(),
        JsonNodeFactory.instance
            .objectNode()
            .put("half", half)
            .put("to", to)
            .put("reason", "new disk"));
  }
}
