package io.elottery.keyvault.nodekeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeKeysTest {
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final String LINK = "worker-1~worker-2/replica";

  private final RandomSource random = new SecureRandomSource();
  private final Path dir;

  NodeKeysTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void everythingSurvivesReopening() throws Exception {
    NodeKeys keys = open();
    CertificateAuthority authority = authority();
    keys.install(chain(authority, keys), authority.fingerprint());
    keys.putPairKey(LINK, 1, new byte[32]);
    keys.putPairKey(LINK, 12, random.bytes(32));
    keys.putReceiptKey(3, random.bytes(32));
    Secret own = keys.secretOrFresh("draw", random);

    NodeKeys again = open();

    assertThat(again.signingRequest()).isEqualTo(keys.signingRequest());
    assertThat(again.certificate()).isEqualTo(keys.certificate()).isPresent();
    assertThat(again.authority()).contains(authority.certificate());
    assertThat(again.sendEpoch(LINK)).isEqualTo(12);
    assertThat(again.sendEpoch("worker-1~worker-2/neighbour")).isEqualTo(NodeKeys.NO_EPOCH);
    assertThat(again.psk(LINK, 12, "id").orElseThrow())
        .isEqualTo(keys.psk(LINK, 12, "id").orElseThrow());
    assertThat(again.receiptSigner(3).orElseThrow().publicKey())
        .isEqualTo(keys.receiptSigner(3).orElseThrow().publicKey());
    assertThat(again.secretOrFresh("draw", random)).isEqualTo(own);
  }

  @Test
  void manyKeysAreStoredTogetherAndTlsStaysAsItIs() throws Exception {
    NodeKeys keys = open();
    CertificateAuthority authority = authority();
    keys.install(chain(authority, keys), authority.fingerprint());
    SSLContext before = keys.sslContext();

    keys.store(
        List.of(
            ring(LINK, new PairKeyGrant(LINK, 1, Secret.random(random, 32))),
            ring("other", new PairKeyGrant("other", 2, Secret.random(random, 32)))),
        List.of(new ReceiptKeyGrant(4, Secret.random(random, 32))));

    assertThat(keys.sslContext()).isSameAs(before);
    NodeKeys again = open();
    assertThat(again.sendEpoch(LINK)).isEqualTo(1);
    assertThat(again.sendEpoch("other")).isEqualTo(2);
    assertThat(again.receiptSigner(4)).isPresent();
    keys.install(chain(authority, keys));
    assertThat(keys.sslContext()).isNotSameAs(before);
  }

  @Test
  void pskDependsOnKeyEpochAndIdentityAndIsNotTheKey() throws Exception {
    NodeKeys keys = open();
    keys.putPairKey(LINK, 1, new byte[32]);

    assertThat(keys.psk(LINK, 1, "a").orElseThrow())
        .hasSize(32)
        .isNotEqualTo(new byte[32])
        .isNotEqualTo(keys.psk(LINK, 1, "b").orElseThrow());
    assertThat(keys.psk(LINK, 2, "a")).isEmpty();
  }

  @Test
  void aPendingKeyIsUsedButNeverWrittenAndACutIsRemembered() throws Exception {
    NodeKeys keys = open();
    keys.putPairKey(LINK, 1, new byte[32]);
    PairKeyGrant second = new PairKeyGrant(LINK, 2, Secret.random(random, 32));

    keys.rings().hold(keys.rings().ring(LINK).take(KeyStep.offer(second, 1)).ring());
    keys.store(List.of(keys.rings().ring(LINK)), List.of());
    assertThat(keys.psk(LINK, 2, "a")).isPresent();
    assertThat(keys.sendEpoch(LINK)).isEqualTo(1);
    assertThat(open().psk(LINK, 2, "a")).isEmpty();
    assertThat(open().psk(LINK, 1, "a").orElseThrow())
        .isEqualTo(keys.psk(LINK, 1, "a").orElseThrow());

    keys.rings().hold(keys.rings().ring(LINK).proven(2).ring());
    keys.store(List.of(keys.rings().ring(LINK)), List.of());
    assertThat(open().sendEpoch(LINK)).isEqualTo(2);
    assertThat(open().rings().olderEpoch(LINK, 2)).isEqualTo(1);

    KeyStep cut = KeyStep.of(KeyStep.Step.CUT, LINK, 2, 1);
    keys.rings().hold(keys.rings().ring(LINK).take(cut).ring());
    assertThat(keys.psk(LINK, 2, "a")).isEmpty();
    keys.store(List.of(keys.rings().ring(LINK)), List.of());
    assertThat(open().rings().holdsAny(LINK)).isFalse();
    assertThat(open().rings().ring(LINK).cutUpTo()).isEqualTo(2);
  }

  private static KeyRing ring(String link, PairKeyGrant grant) {
    return KeyRing.stored(link, new TreeMap<>(Map.of(grant.epoch(), grant.key())), 0);
  }

  @Test
  void wrongPasswordIsAClearError() throws Exception {
    open();
    OwnerOnlyFiles.writeLine(dir.resolve("k/store.password"), "00".repeat(32));

    assertThatThrownBy(this::open)
        .isInstanceOf(KeyStoreUnreadable.class)
        .hasMessageContaining("root.bcfks does not open with store.password")
        .hasMessageNotContaining("00".repeat(32));
  }

  @Test
  void alteredSidecarMissingStoreAndForeignOwnerAreClearErrors() throws Exception {
    open();
    assertThatThrownBy(
            () -> NodeKeys.open(dir.resolve("k"), NodeId.of("worker-2"), Role.WORKER, random))
        .hasMessageContaining("they are of CN=worker-1,OU=worker,O=elottery");
    Path sidecar = dir.resolve("k/keys.sealed");
    byte[] bytes = Files.readAllBytes(sidecar);
    bytes[bytes.length / 2] ^= 4;
    Files.write(sidecar, bytes);
    assertThatThrownBy(this::open).hasMessageContaining("keys.sealed does not open");
    Files.delete(dir.resolve("k/root.bcfks"));
    assertThatThrownBy(this::open).hasMessageContaining("root.bcfks is missing");
  }

  @Test
  void filesAreForTheirOwnerOnlyAndShowNoKey() throws Exception {
    NodeKeys keys = open();
    byte[] key = random.bytes(32);
    keys.putPairKey(LINK, 1, key);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("k"))))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(dir.resolve("k"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(latin1(Files.readAllBytes(file))).doesNotContain(latin1(key));
      }
    }
  }

  @Test
  void certificateOfAnotherAuthorityKeyOrNameIsRefused() throws Exception {
    NodeKeys keys = open();
    CertificateAuthority ours = authority();
    CertificateAuthority other = authority();
    NodeKeys otherKeys = NodeKeys.open(dir.resolve("o"), WORKER, Role.WORKER, random);
    X509Certificate wrongName =
        ours.issue(keys.signingRequest(), NodeId.of("worker-2"), Role.WORKER, Duration.ofDays(1));

    assertThatThrownBy(() -> keys.install(chain(other, keys), ours.fingerprint()))
        .isInstanceOf(CertificateRefused.class)
        .hasMessageContaining("another authority");
    assertThatThrownBy(() -> keys.install(chain(ours, otherKeys), ours.fingerprint()))
        .hasMessageContaining("another key");
    assertThatThrownBy(
            () ->
                keys.install(
                    List.of(wrongName.getEncoded(), ours.certificate().getEncoded()),
                    ours.fingerprint()))
        .hasMessageContaining("CN=worker-2");
    assertThatThrownBy(() -> keys.install(chain(ours, keys))).hasMessageContaining("no authority");
    assertThatThrownBy(keys::sslContext).hasMessageContaining("enrol first");
  }

  @Test
  void exportedStoresOpenWithTheirPasswordFile() throws Exception {
    NodeKeys keys = open();
    CertificateAuthority authority = authority();
    keys.install(chain(authority, keys), authority.fingerprint());

    StoreFiles files = keys.exportTo(dir.resolve("registry"), random);

    char[] password = OwnerOnlyFiles.readLine(files.password()).toCharArray();
    java.security.KeyStore store =
        java.security.KeyStore.getInstance(files.keyStore().toFile(), password);
    assertThat(store.getCertificateChain("server")).hasSize(2);
    assertThat(java.security.KeyStore.getInstance(files.trustStore().toFile(), password).size())
        .isEqualTo(1);
  }

  private NodeKeys open() throws KeyStoreUnreadable {
    return NodeKeys.open(dir.resolve("k"), WORKER, Role.WORKER, random);
  }

  private CertificateAuthority authority() {
    return CertificateAuthority.create("test", random, new SystemTime());
  }

  private static List<byte[]> chain(CertificateAuthority authority, NodeKeys keys)
      throws Exception {
    X509Certificate own =
        authority.issue(keys.signingRequest(), keys.node(), keys.role(), Duration.ofDays(1));
    return List.of(own.getEncoded(), authority.certificate().getEncoded());
  }

  private static String latin1(byte[] bytes) throws IOException {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
