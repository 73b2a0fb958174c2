package io.elottery.controller.draws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.RecordingApprovals;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.rosters.RosterFile;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.schedule.DrawDue;
import io.elottery.controller.schedule.DrawSchedule;
import io.elottery.controller.schedule.ScheduleLine;
import io.elottery.controller.servers.ServerBook;
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
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.reports.roster.Party;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawDesksTest {
  private static final NodeId W1 = NodeId.of("worker-1");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private final SecureRandomSource random = new SecureRandomSource();
  private final Wire wire = new Wire();
  private final FakeLottery lottery = new FakeLottery(wire);
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Hemispheres halves = new Hemispheres(main.id);
  private final RecordingApprovals approvals = new RecordingApprovals();
  private final HandSchedule schedule = new HandSchedule();
  private final DrawsConfig config =
      DrawsConfig.from(
          ConfigSource.of(
              Map.of(
                  "draws.schedule", "powerball TOR every 5min open 4min",
                  "seed.games", "../deploy/games",
                  "seed.results", "powerball=../deploy/data/powerball-results.csv")));

  @SuppressWarnings("NullAway.Init")
  private RosterKeeper roster;

  @BeforeEach
  void wireUp() {
    NetworkPlan plan =
        new NetworkPlan(Map.of(W1, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>())));
    roster =
        new RosterKeeper(
            new RosterKeeper.Ports(
                main.board,
                main.loop,
                halves,
                new ServerBook(plan),
                new RosterFile(directory.resolve("roster"))),
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
    Vault vault = new Vault(CutVault.openForNow(random), new MemoryRecords(), random, wire);
    halves.add(roster);
    halves.add(
        new CatalogDesk(
            new CatalogDesk.Ports(main.loop, halves, roster, calls), Seeds.read(config)));
    PartiesDesk parties =
        new PartiesDesk(
            new PartiesDesk.Ports(main.loop, main.loop, halves, roster, vault, calls, approvals));
    halves.add(parties);
    halves.add(
        new ScheduleDesk(
            new ScheduleDesk.Ports(main.loop, halves, parties::published, schedule, calls),
            config));
    halves.elected(Hemisphere.LEFT, 1);
    roster.place(RingBuilder.place(List.of(W1), 1, 1));
  }

  @Test
  void aNewNetworkGetsItsGamesAndResultsOnce() {
    wire.pass(Duration.ofSeconds(5));

    assertThat(lottery.games.keySet()).contains("powerball", "lotto649");
    assertThat(count(CatalogCommand.DefineGame.class)).isEqualTo(lottery.games.size());
    assertThat(count(CatalogCommand.ImportResults.class)).isEqualTo(1);
    assertThat(((CatalogCommand.ImportResults) last(CatalogCommand.ImportResults.class)).rows())
        .hasSize(1390);
  }

  @Test
  void thePartiesFileFollowsThePartiesAndNamesEveryReceiptKey() throws Exception {
    wire.pass(Duration.ofSeconds(5));
    addParties();
    wire.pass(Duration.ofSeconds(5));

    PartiesFile file = PartiesFile.parse(lottery.parties.getBytes(StandardCharsets.UTF_8));
    assertThat(file.parties().keySet()).containsExactly("AUDITOR-1", "LEFT", "RIGHT");
    assertThat(file.receiptKeys().keySet()).containsExactly(0);
    assertThat(file.version()).isEqualTo(2);
    assertThat(count(CatalogCommand.PublishParties.class)).isEqualTo(2);
  }

  @Test
  void aLaterPartyWaitsForTwoOfficers() throws Exception {
    addParties();
    wire.pass(Duration.ofSeconds(5));
    byte[] key = new byte[32];
    key[0] = 9;
    roster.party(new Party("AUDITOR-2", key));
    wire.pass(Duration.ofSeconds(5));
    PartiesFile before = PartiesFile.parse(lottery.parties.getBytes(StandardCharsets.UTF_8));
    assertThat(before.parties()).doesNotContainKey("AUDITOR-2");

    TreeMap<String, byte[]> more = new TreeMap<>(before.parties());
    more.put("AUDITOR-2", key);
    PartiesFile next = new PartiesFile(before.version() + 1, more, before.receiptKeys());
    ObjectNode action =
        JsonNodeFactory.instance.objectNode().put("sha256", PartiesChange.hash(next));
    assertThat(approvals.words(PartiesDesk.KIND, action)).contains("AUDITOR-2 joins with the key");
    CompletableFuture<String> done = approvals.approved(PartiesDesk.KIND, action);
    wire.pass(Duration.ofSeconds(2));

    assertThat(done).isCompletedWithValue("The parties file is published.");
    assertThat(PartiesFile.parse(lottery.parties.getBytes(StandardCharsets.UTF_8)).parties())
        .containsKey("AUDITOR-2");
  }

  @Test
  void aDrawOfTheCurrentPeriodOpensOnceThePartiesAreKnown() {
    wire.pass(Duration.ofSeconds(5));
    assertThat(lottery.draws).isEmpty();

    addParties();
    wire.pass(Duration.ofSeconds(3));

    assertThat(lottery.draws).hasSize(1);
    DrawCommand.OpenDraw open = lottery.draws.values().iterator().next();
    assertThat(open.id().branch().code()).isEqualTo("TOR");
    assertThat(open.parties()).hasSize(3);
    assertThat(open.saleEnd().from(Instant.EPOCH)).isAfter(wire.now());
  }

  @Test
  void whatIsDueIsTriedUntilTheLotteryAnswersAndOpensOnce() {
    addParties();
    wire.pass(Duration.ofSeconds(5));
    lottery.draws.clear();
    lottery.silent = true;
    DrawDue due = new DrawDue(config.schedule().get(0), wire.now());

    schedule.fire(due);
    wire.pass(Duration.ofSeconds(8));
    lottery.silent = false;
    wire.pass(Duration.ofSeconds(8));
    schedule.fire(due);
    wire.pass(Duration.ofSeconds(2));

    assertThat(lottery.draws).hasSize(1);
  }

  @Test
  void aDeposedLeaderOpensNothing() {
    addParties();
    wire.pass(Duration.ofSeconds(5));
    lottery.draws.clear();

    halves.deposed(Hemisphere.LEFT, "the test says so");
    schedule.fire(new DrawDue(config.schedule().get(0), wire.now()));
    wire.pass(Duration.ofSeconds(5));

    assertThat(lottery.draws).isEmpty();
    assertThat(schedule.running).isFalse();
  }

  private void addParties() {
    byte fill = 1;
    for (String name : List.of("LEFT", "RIGHT", "AUDITOR-1")) {
      byte[] key = new byte[32];
      key[0] = fill++;
      roster.party(new Party(name, key));
    }
    wire.pass(Duration.ofMillis(100));
  }

  private long count(Class<? extends LotteryCommand> kind) {
    return lottery.commands.stream().filter(kind::isInstance).count();
  }

  private LotteryCommand last(Class<? extends LotteryCommand> kind) {
    List<LotteryCommand> all = lottery.commands.stream().filter(kind::isInstance).toList();
    return all.get(all.size() - 1);
  }

  private static final class HandSchedule implements DrawSchedule {
    private Consumer<DrawDue> due = nothing -> {};
    private boolean running;

    @Override
    public void begin(List<ScheduleLine> lines, Consumer<DrawDue> told) {
      due = told;
      running = true;
    }

    @Override
    public void end() {
      running = false;
    }

    void fire(DrawDue what) {
      due.accept(what);
    }
  }
}
