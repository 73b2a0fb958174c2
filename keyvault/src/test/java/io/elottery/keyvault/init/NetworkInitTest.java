package io.elottery.keyvault.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.Enrolment;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.pieces.PieceProof;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Passphrases;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultHeader;
import io.elottery.keyvault.vault.VaultKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkInitTest {
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final InitPlan PLAN =
      new InitPlan(
          "test",
          Map.of(
              Role.MAIN, List.of(MAIN),
              Role.WORKER, List.of(WORKER),
              Role.GATEWAY, List.of(NodeId.of("web-1")),
              Role.AUDITOR, List.of(NodeId.of("auditor-1")),
              Role.ZOOKEEPER, List.of(NodeId.of("zookeeper-1"))),
          Map.of(),
          4,
          KdfCost.FAST,
          InitPlan.TOKEN_VALIDITY);

  private final RandomSource random = new SecureRandomSource();
  private final Path dir;

  NetworkInitTest(@TempDir Path parent) {
    this.dir = parent.resolve("network");
  }

  @Test
  void everyServerCanStartOrJoinFromItsDirectory() throws Exception {
    MadeNetwork made = make();

    NodeKeys main = NodeKeys.open(dir.resolve("main-1/keys"), MAIN, Role.MAIN, random);
    assertThat(main.sslContext()).isNotNull();
    assertThat(dir.resolve("zookeeper-1/stores/truststore.p12")).exists();
    assertThat(dir.resolve("auditor-1/join.token")).exists();
    JoinToken token = JoinToken.parse(OwnerOnlyFiles.readLine(dir.resolve("worker-1/join.token")));
    assertThat(token.caFingerprint()).isEqualTo(made.authorityFingerprint());
    NodeKeys worker = NodeKeys.open(dir.resolve("worker-1/keys"), WORKER, Role.WORKER, random);
    Enrolment enrolment =
        vault()
            .enrol(EnrolRequest.joining(token, WORKER, Role.WORKER, worker.signingRequest(), ""))
            .join();
    assertThat(enrolment).isInstanceOf(Enrolment.Issued.class);
    worker.install(((Enrolment.Issued) enrolment).reply().chain(), token.caFingerprint());
    assertThat(worker.authority()).isEqualTo(main.authority());
  }

  @Test
  void bootstrapHoldsAllThatMainNeedsFirst() throws Exception {
    make();

    Bootstrap bootstrap = Bootstrap.read(dir.resolve("main-1/bootstrap.sealed"));

    assertThat(bootstrap.names())
        .contains(
            "authority", "draw-secret.LEFT", "draw-secret.RIGHT", "receipt-key.0", "receipt-key.3")
        .filteredOn(name -> name.startsWith("token."))
        .hasSize(3);
  }

  @Test
  void tokensOfTheFirstMembersStandInNoFile() throws Exception {
    MadeNetwork made = make();

    assertThat(made.staff())
        .extracting(StaffToken::name)
        .containsExactly("operations", "officer1", "officer2", "auditor");
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (StaffToken token : made.staff()) {
          assertThat(bytes).as(file.toString()).doesNotContain(token.clear());
        }
      }
    }
    made.staff().forEach(each -> assertThat(made.toString()).doesNotContain(each.clear()));
  }

  @Test
  void everyFileIsForItsOwnerOnly() throws Exception {
    make();

    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void secondTimeIsRefusedAndChangesNothing() throws Exception {
    make();
    byte[] before = Files.readAllBytes(dir.resolve("main-1/bootstrap.sealed"));

    assertThatThrownBy(this::make)
        .isInstanceOf(NetworkNotMade.class)
        .hasMessageContaining("is not empty (auditor-1 …)")
        .hasMessageContaining("empty directory");
    assertThat(dir.resolve("main-1/bootstrap.sealed")).hasBinaryContent(before);
  }

  @Test
  void passphraseThatIsThereIsUsed() throws Exception {
    OwnerOnlyFiles.directory(dir);
    OwnerOnlyFiles.writeLine(dir.resolve("passphrase"), "a long one of my own");

    make();

    assertThat(dir.resolve("main-1/passphrase")).hasContent("a long one of my own\n");
    assertThat(vault().isFounded().join()).isTrue();
  }

  @Test
  void planRefusesDoubleNamesAndNoMain() {
    assertThatThrownBy(
            () ->
                new InitPlan(
                    "x",
                    Map.of(Role.MAIN, List.of(MAIN), Role.WORKER, List.of(MAIN)),
                    Map.of(),
                    1,
                    KdfCost.FAST,
                    InitPlan.TOKEN_VALIDITY))
        .hasMessageContaining("main-1 is planned twice");
    assertThatThrownBy(
            () -> new InitPlan("x", Map.of(), Map.of(), 1, KdfCost.FAST, InitPlan.TOKEN_VALIDITY))
        .hasMessageContaining("at least one main");
  }

  private MadeNetwork make() throws NetworkNotMade {
    return NetworkInit.make(dir, PLAN, random, new SystemTime());
  }

  @Test
  void piecesAreShownAndNoPassphraseIsWritten() throws Exception {
    InitPlan cut =
        new InitPlan(
            "test",
            PLAN.servers(),
            Map.of(),
            1,
            KdfCost.FAST,
            InitPlan.TOKEN_VALIDITY,
            Optional.of(new InitPlan.Cut(5, 3)));

    MadeNetwork made = NetworkInit.make(dir, cut, random, new SystemTime());

    assertThat(made.pieces()).hasSize(15);
    assertThat(dir.resolve("passphrase")).doesNotExist();
    assertThat(dir.resolve("main-1/passphrase")).doesNotExist();
    assertThat(dir.resolve("main-1/passphrase.left")).doesNotExist();
    VaultHeader header = PieceProof.headerIn(dir.resolve("main-1"));
    for (KeyPiece piece : made.pieces()) {
      assertThat(PieceProof.of(piece.text(), header).words()).contains("genuine; 3 are needed");
      assertThat(made.toString()).doesNotContain(piece.text());
    }
  }

  @Test
  void aHalfMayHaveAPassphraseOfItsOwn() throws Exception {
    OwnerOnlyFiles.directory(dir);
    OwnerOnlyFiles.writeLine(dir.resolve("passphrase.left"), "known to LEFT's people only");

    make();

    Bootstrap bootstrap = Bootstrap.read(dir.resolve("main-1/bootstrap.sealed"));
    VaultKeys keys = VaultKeys.sealed(bootstrap.header(), random);
    keys.open(Map.of(Compartment.LEFT, "known to LEFT's people only"));
    assertThat(keys.isOpen(Compartment.LEFT)).isTrue();
    assertThat(keys.isOpen(Compartment.RIGHT)).isFalse();
    assertThat(dir.resolve("main-1/passphrase.left")).hasContent("known to LEFT's people only\n");
    assertThat(dir.resolve("main-1/passphrase.right"))
        .hasSameTextualContentAs(dir.resolve("main-1/passphrase"));
  }

  private Vault vault() throws Exception {
    Bootstrap bootstrap = Bootstrap.read(dir.resolve("main-1/bootstrap.sealed"));
    VaultKeys keys = VaultKeys.sealed(bootstrap.header(), random);
    keys.open(Passphrases.read(dir.resolve("main-1/passphrase")));
    bootstrap.prove(keys.sealer(Compartment.NETWORK));
    MemoryRecords records = new MemoryRecords();
    bootstrap.importInto(records).join();
    return new Vault(keys, records, random, new SystemTime());
  }
}
