package io.elottery.keyvault.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.P256;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationListTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final StaffMember ADA =
      StaffMember.of("officer1", "Ada", Set.of(StaffRole.OFFICER), Credentials.NONE);

  private final SecureRandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", random, new SystemTime());

  @Test
  void aKeyStaysRevokedUnderEveryCertificateItGets() throws Exception {
    KeyPair pair = P256.generate(random);
    X509Certificate first = certificate(pair);
    X509Certificate renewed = certificate(pair);

    RevocationList list = RevocationList.NONE.with(entry(first));

    assertThat(renewed.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(list.of(renewed)).isPresent();
    assertThat(list.of(pair.getPublic())).isPresent();
    assertThat(list.of(certificate(P256.generate(random)))).isEmpty();
  }

  @Test
  void aSerialAloneIsEnough() throws Exception {
    X509Certificate certificate = certificate(P256.generate(random));
    Revocation entry =
        new Revocation(
            WORKER,
            "0".repeat(64),
            Revocation.serial(certificate),
            AT,
            "by serial",
            "officer1",
            "Ada",
            "");

    assertThat(RevocationList.NONE.with(entry).of(certificate)).isPresent();
  }

  @Test
  void bytesAreGolden() throws Exception {
    Revocation entry =
        new Revocation(WORKER, "ab".repeat(32), "7f", AT, "stolen", "officer1", "Ada", "");
    RevocationList list = RevocationList.NONE.with(entry);

    assertThat(HexFormat.of().formatHex(list.encoded()))
        .isEqualTo(
            "01"
                + "0000000000000001"
                + "01"
                + "08776f726b65722d31"
                + "40"
                + "6162".repeat(32)
                + "023766"
                + "%016x".formatted(AT.toEpochMilli())
                + "0673746f6c656e"
                + "086f666669636572310341646100");
    assertThat(RevocationList.decoded(list.encoded())).isEqualTo(list);
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatThrownBy(() -> RevocationList.decoded(new byte[] {9}))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("format 9");
  }

  @Test
  void twoListsOfOneVersionAreMergedIntoAHigherOne() throws Exception {
    Revocation one = entry(certificate(P256.generate(random)));
    Revocation two = entry(certificate(P256.generate(random)));
    RevocationList left = RevocationList.NONE.with(one);
    RevocationList right = RevocationList.NONE.with(two);

    RevocationList both = left.merged(right);

    assertThat(both.version()).isEqualTo(2);
    assertThat(both.entries()).containsExactlyInAnyOrder(one, two);
    assertThat(right.merged(left)).isEqualTo(both);
    assertThat(both.merged(left)).isSameAs(both);
  }

  @Test
  void serversAreNotToldWhichOfficersActedAndMainsKeepThem() throws Exception {
    RevocationList full = RevocationList.NONE.with(entry(certificate(P256.generate(random))));

    RevocationList told = full.withoutPeople();

    assertThat(told.version()).isEqualTo(full.version());
    assertThat(told.entries().get(0).by()).isEmpty();
    assertThat(told.entries().get(0).person()).isEmpty();
    assertThat(told.merged(full).entries().get(0).by()).isEqualTo("officer1");
  }

  @Test
  void anUnconfirmedOneIsOverdueAfterHalfAnHour() throws Exception {
    Revocation entry = entry(certificate(P256.generate(random)));

    assertThat(entry.isOverdue(AT.plus(Duration.ofMinutes(29)))).isFalse();
    assertThat(entry.isOverdue(AT.plus(Duration.ofMinutes(30)))).isTrue();
    assertThat(entry.confirmed("officer2").isOverdue(AT.plus(Duration.ofDays(1)))).isFalse();
  }

  @Test
  void aServerKeepsTheNewestOverARestartAndIgnoresOlderOnes(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("revocations");
    X509Certificate stolen = certificate(P256.generate(random));
    RevocationList first = RevocationList.NONE.with(entry(stolen));
    RevocationList second = first.with(entry(certificate(P256.generate(random))));
    List<RevocationList> told = new ArrayList<>();
    Revocations revocations = Revocations.open(file, Runnable::run);
    revocations.onChange(told::add);

    assertThat(revocations.offer(second)).isTrue();
    assertThat(revocations.offer(first)).isFalse();
    assertThat(revocations.offer(second)).isFalse();

    assertThat(told).containsExactly(second);
    Revocations again = Revocations.open(file, Runnable::run);
    assertThat(again.current()).isEqualTo(second);
    assertThat(again.refusal(stolen)).hasValueSatisfying(why -> assertThat(why).contains("stolen"));
  }

  @Test
  void itCountsBeforeTheDiskHasIt(@TempDir Path directory) throws Exception {
    List<Runnable> disk = new ArrayList<>();
    X509Certificate stolen = certificate(P256.generate(random));
    Revocations revocations = Revocations.open(directory.resolve("revocations"), disk::add);

    revocations.offer(RevocationList.NONE.with(entry(stolen)));

    assertThat(revocations.refusal(stolen)).isPresent();
    assertThat(directory.resolve("revocations")).doesNotExist();
    disk.forEach(Runnable::run);
    assertThat(directory.resolve("revocations")).exists();
  }

  @Test
  void aFileThatCannotBeReadIsPassedOver(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("revocations"), new byte[] {1, 2, 3});

    assertThat(Revocations.open(file, Runnable::run).current()).isEqualTo(RevocationList.NONE);
  }

  private X509Certificate certificate(KeyPair pair) throws Exception {
    String subject = CertificateAuthority.subject(WORKER, Role.WORKER);
    return authority.issue(
        Certificates.signingRequest(subject, pair),
        WORKER,
        Role.WORKER,
        CertificateAuthority.VALIDITY);
  }

  private static Revocation entry(X509Certificate certificate) {
    return Revocation.of(WORKER, certificate, AT, "stolen", ADA);
  }
}
