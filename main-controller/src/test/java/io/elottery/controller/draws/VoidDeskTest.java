package io.elottery.controller.draws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.MapRecords;
import io.elottery.controller.RecordingApprovals;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.rosters.RosterFile;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.servers.ServerBook;
import io.elottery.controller.servers.ServerDesk;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.VoidConsent;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.party.VoidRequest;
import io.elottery.reports.roster.Announce;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoidDeskTest {
  private static final NodeId W1 = NodeId.of("worker-1");
  private static final ObjectNode ACTION =
      JsonNodeFactory.instance
          .objectNode()
          .put("draw", "powerball:TORM211126")
          .put("reason", "RIGHT lost its secret");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private final Wire wire = new Wire();
  private final FakeLottery lottery = new FakeLottery(wire);
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station auditor = wire.station("auditor-1", Role.AUDITOR);
  private final Hemispheres halves = new Hemispheres(main.id);
  private final RecordingApprovals approvals = new RecordingApprovals();
  private boolean agrees = true;

  @BeforeEach
  void wireUp() {
    NetworkPlan plan =
        new NetworkPlan(Map.of(W1, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>())));
    ServerBook book = new ServerBook(plan);
    book.load(List.of());
    book.announced(
        auditor.peer,
        new Announce(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, 0));
    RosterKeeper roster =
        new RosterKeeper(
            new RosterKeeper.Ports(
                main.board, main.loop, halves, book, new RosterFile(directory.resolve("roster"))),
            () -> plan,
            List.of());
    LotteryCalls calls =
        new LotteryCalls(
            new Mailroom(
                main.board,
                Route.toWorkers(roster::ring),
                main.loop,
                wire,
                MailroomConfig.defaults()));
    SecureRandomSource random = new SecureRandomSource();
    Vault vault = new Vault(CutVault.openForNow(random), new MemoryRecords(), random, wire);
    ServerDesk servers =
        new ServerDesk(
            new ServerDesk.Ports(
                main.board, halves, book, roster, new MapRecords(), peer -> {}, fence -> {}));
    PartyDesk parties =
        new PartyDesk(
            new PartyDesk.Ports(main.board, main.loop, halves, roster, servers, vault, calls),
            DrawsConfig.from(ConfigSource.of(Map.of())));
    new VoidDesk(new VoidDesk.Ports(main.board, halves, book, parties, calls, approvals));
    auditor.board.serve(
        VoidRequest.KIND,
        (from, request, answer) -> {
          if (agrees) {
            answer.reply(
                VoidRequest.answer(
                    new VoidConsent(PartyName.of("AUDITOR"), Octets.of(new byte[64]))));
          } else {
            answer.refuse("NO_CONSENT", "not yet");
          }
        });
    halves.elected(Hemisphere.LEFT, 1);
    roster.place(RingBuilder.place(List.of(W1), 1, 1));
  }

  @Test
  void approvedVoidingCarriesThePartiesConsentAndTheHashOfTheProposal() throws Exception {
    CompletableFuture<String> done = approvals.approved(VoidDesk.KIND, ACTION);
    wire.pass(Duration.ofSeconds(2));

    assertThat(done).isCompletedWithValueMatching(result -> result.contains("is void"));
    DrawCommand.VoidDraw command = (DrawCommand.VoidDraw) lottery.commands.get(0);
    assertThat(command.consents()).extracting(VoidConsent::party).hasToString("[AUDITOR]");
    assertThat(command.approval().toBytes()).hasSize(32);
  }

  @Test
  void withoutThePartiesTheLedgerRefusesAndTheOfficersReadWhy() throws Exception {
    agrees = false;

    CompletableFuture<String> done = approvals.approved(VoidDesk.KIND, ACTION);
    wire.pass(Duration.ofSeconds(2));

    assertThatThrownBy(done::join).hasMessageContaining("AUDITOR has not agreed");
  }

  @Test
  void wordsNameTheDrawAndTheReason() throws Exception {
    assertThat(approvals.words(VoidDesk.KIND, ACTION))
        .contains("powerball:TORM211126")
        .contains("RIGHT lost its secret");
  }
}
