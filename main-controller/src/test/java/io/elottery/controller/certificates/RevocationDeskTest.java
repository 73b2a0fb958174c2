package io.elottery.controller.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.P256;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.keyvault.revocation.RevocationList;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.keyvault.vault.SignedRecords;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationDeskTest {
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final StaffMember ADA = officer("officer1", "Ada");
  private static final StaffMember BOB = officer("officer2", "Bob");

  private final SecureRandomSource random = new SecureRandomSource();
  private final Wire wire = new Wire();
  private final CertificateAuthority authority = CertificateAuthority.create("test", random, wire);
  private final Office office = new Office();
  private final List<AuditEntry> audit = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final Path directory;
  private final Main left;
  private final Main right;
  private final Server worker;

  RevocationDeskTest(@TempDir Path directory) {
    this.directory = directory;
    left = new Main("main-1");
    right = new Main("main-2");
    worker = new Server("worker-1");
    left.sees(right.station);
    right.sees(left.station);
    // Only main-2 reaches the worker.
    right.sees(worker.station);
    left.halves.elected(Hemisphere.LEFT, 1);
    wire.settle();
  }

  @Test
  void oneOfficerIsEnoughAndEveryServerHasItWithinASecond() throws Exception {
    X509Certificate stolen = certificate("worker-7", Role.WORKER);

    left.desk.revoke(NodeId.of("worker-7"), stolen, "stolen", ADA);
    wire.pass(Duration.ofMillis(500));

    assertThat(worker.revocations.refusal(stolen)).isPresent();
    assertThat(right.revocations.refusal(stolen)).isPresent();
    assertThat(worker.revocations.current().entries().get(0).by()).isEmpty();
    assertThat(right.revocations.current().entries().get(0).by()).isEqualTo("officer1");
    assertThat(left.push.waiting()).isEmpty();
    assertThat(right.push.waiting()).isEmpty();
    assertThat(audit).extracting(AuditEntry::what).containsExactly("CERTIFICATE_REVOKED");
  }

  @Test
  void itDoesNotWaitForTheRecord() throws Exception {
    X509Certificate stolen = certificate("worker-7", Role.WORKER);
    office.away = true;

    left.desk.revoke(NodeId.of("worker-7"), stolen, "stolen", ADA);
    wire.pass(Duration.ofMillis(500));
    assertThat(worker.revocations.refusal(stolen)).isPresent();
    assertThat(office.values).doesNotContainKey("revocations");
    office.away = false;
    wire.pass(Duration.ofSeconds(2));

    assertThat(recorded().of(stolen)).isPresent();
  }

  @Test
  void theNextLeaderRecordsWhatTheDeadOneOnlySent() throws Exception {
    X509Certificate stolen = certificate("worker-7", Role.WORKER);
    X509Certificate before = certificate("worker-8", Role.WORKER);
    left.desk.revoke(NodeId.of("worker-8"), before, "lost", ADA);
    wire.pass(Duration.ofSeconds(1));
    office.away = true;
    left.desk.revoke(NodeId.of("worker-7"), stolen, "stolen", ADA);
    wire.pass(Duration.ofMillis(500));
    wire.remove(left.station);

    office.away = false;
    right.halves.elected(Hemisphere.LEFT, 2);
    wire.pass(Duration.ofSeconds(2));

    assertThat(recorded().of(stolen)).isPresent();
    assertThat(recorded().of(before)).isPresent();
  }

  @Test
  void aServerThatConnectsLaterIsToldFirst() throws Exception {
    X509Certificate stolen = certificate("worker-7", Role.WORKER);
    left.desk.revoke(NodeId.of("worker-7"), stolen, "stolen", ADA);
    wire.pass(Duration.ofSeconds(1));

    Server late = new Server("gateway-1");
    left.sees(late.station);
    wire.pass(Duration.ofMillis(100));

    assertThat(late.revocations.refusal(stolen)).isPresent();
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedAndToldAgain() throws Exception {
    worker.station.cut = true;

    left.desk.revoke(NodeId.of("worker-7"), certificate("worker-7", Role.WORKER), "stolen", ADA);
    wire.pass(Duration.ofSeconds(5));
    assertThat(right.push.waiting()).containsExactly(WORKER);
    worker.station.cut = false;
    wire.pass(Duration.ofSeconds(3));

    assertThat(right.push.waiting()).isEmpty();
    assertThat(worker.revocations.current().version()).isEqualTo(1);
  }

  @Test
  void revokingTwiceIsOnce() throws Exception {
    X509Certificate stolen = certificate("worker-7", Role.WORKER);

    Revocation first = left.desk.revoke(NodeId.of("worker-7"), stolen, "stolen", ADA);
    Revocation second = left.desk.revoke(NodeId.of("worker-7"), stolen, "again", BOB);

    assertThat(second).isEqualTo(first);
    assertThat(left.revocations.current().version()).isEqualTo(1);
  }

  @Test
  void unconfirmedForHalfAnHourIsReportedOnce() throws Exception {
    left.desk.revoke(NodeId.of("worker-7"), certificate("worker-7", Role.WORKER), "stolen", ADA);
    wire.pass(Duration.ofMinutes(32));

    assertThat(audit)
        .extracting(AuditEntry::what)
        .containsExactly("CERTIFICATE_REVOKED", "CERTIFICATE_REVOCATION_UNCONFIRMED");
  }

  @Test
  void confirmedInTimeIsNotReported() throws Exception {
    Revocation entry =
        left.desk.revoke(
            NodeId.of("worker-7"), certificate("worker-7", Role.WORKER), "stolen", ADA);
    left.desk.confirm(entry, BOB);
    wire.pass(Duration.ofMinutes(32));

    assertThat(audit)
        .extracting(AuditEntry::what)
        .containsExactly("CERTIFICATE_REVOKED", "CERTIFICATE_REVOCATION_CONFIRMED");
    assertThat(right.revocations.current().entries().get(0).confirmation()).contains("officer2");
  }

  @Test
  void aMainWhoseOwnKeyIsRevokedEnds() {
    left.desk.revoke(NodeId.of("main-2"), right.own, "stolen", ADA);
    wire.pass(Duration.ofSeconds(2));

    assertThat(ended).containsExactly("main-2");
  }

  @Test
  void linksOfARevokedWorkerAreCutByWhoeverDoesThat() {
    List<String> cut = new ArrayList<>();

    assertThat(left.desk.cutLinks(WORKER, "stolen", ADA)).isFalse();
    left.desk.cutBy((node, reason, by) -> cut.add(node + " " + reason + " " + by.name()));

    assertThat(left.desk.cutLinks(WORKER, "stolen", ADA)).isTrue();
    assertThat(cut).containsExactly("worker-1 stolen officer1");
  }

  private RevocationList recorded() throws Exception {
    return RevocationList.decoded(
        Optional.ofNullable(office.values.get("revocations")).orElseThrow());
  }

  private X509Certificate certificate(String name, Role role) throws Exception {
    NodeId node = NodeId.of(name);
    byte[] request =
        Certificates.signingRequest(
            CertificateAuthority.subject(node, role), P256.generate(random));
    return authority.issue(request, node, role, CertificateAuthority.VALIDITY);
  }

  private static StaffMember officer(String name, String person) {
    return StaffMember.of(name, person, Set.of(StaffRole.OFFICER), Credentials.NONE);
  }

  private final class Main {
    final Wire.Station station;
    final Hemispheres halves;
    final Revocations revocations;
    final RevocationPush push;
    final RevocationDesk desk;
    final X509Certificate own;

    Main(String name) {
      station = wire.station(name, Role.MAIN);
      halves = new Hemispheres(station.id);
      revocations = Revocations.open(directory.resolve(name), unwritten -> {});
      push = new RevocationPush(station.board, station.loop, revocations);
      desk =
          new RevocationDesk(
              new RevocationDesk.Ports(
                  station.id,
                  station.loop,
                  halves,
                  office,
                  revocations,
                  new Trail(),
                  () -> ended.add(name)));
      halves.add(desk);
      try {
        own = certificate(name, Role.MAIN);
      } catch (Exception wrong) {
        throw new AssertionError(wrong);
      }
      push.start();
      desk.start(() -> Optional.of(own));
    }

    void sees(Wire.Station other) {
      push.connected(other.peer);
    }
  }

  private final class Server {
    final Wire.Station station;
    final Revocations revocations;

    Server(String name) {
      station = wire.station(name, name.startsWith("worker") ? Role.WORKER : Role.GATEWAY);
      revocations = Revocations.open(directory.resolve(name), unwritten -> {});
      revocations.serveOn(station.board);
    }
  }

  private final class Trail implements AuditTrail {
    @Override
    public CompletableFuture<Void> record(AuditEntry entry) {
      throw new AssertionError("an emergency waits for no record");
    }

    @Override
    public void recordLater(AuditEntry entry) {
      audit.add(entry);
    }
  }

  private static final class Office implements SignedRecords {
    final Map<String, byte[]> values = new TreeMap<>();
    boolean away;

    @Override
    public CompletableFuture<Optional<byte[]>> read(String name) {
      return away
          ? gone()
          : CompletableFuture.completedFuture(Optional.ofNullable(values.get(name)));
    }

    @Override
    public CompletableFuture<Void> write(String name, byte[] payload) {
      if (away) {
        return gone();
      }
      values.put(name, payload);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<String>> names(String prefix) {
      return CompletableFuture.completedFuture(List.copyOf(values.keySet()));
    }

    private static <T> CompletableFuture<T> gone() {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
  }
}
