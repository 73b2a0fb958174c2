package io.elottery.keyvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.Enrolment;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.rotation.LinkEvent;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkMachine;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.PairRecord;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
  private static final NodeId WORKER = NodeId.of("worker-1");

  private final RandomSource random = new SecureRandomSource();
  private final MemoryRecords records = new MemoryRecords();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final Vault vault = new Vault(CutVault.openForNow(random), records, random, new Clock());

  @BeforeEach
  void found() {
    vault.found("test").join();
  }

  @Test
  void tokenIsGoodForOneKeyAndThatAgain(@TempDir Path dir) throws Exception {
    JoinToken token = vault.invite(WORKER, Role.WORKER, Duration.ofDays(1)).join();
    NodeKeys first = NodeKeys.open(dir.resolve("a"), WORKER, Role.WORKER, random);
    NodeKeys second = NodeKeys.open(dir.resolve("b"), WORKER, Role.WORKER, random);

    assertThat(enrol(token, first)).isEqualTo("issued");
    assertThat(enrol(token, first)).isEqualTo("issued");
    assertThat(enrol(token, second)).contains("already used with another key");
  }

  @Test
  void tokenOfAnotherNameRoleSecretOrTimeIsRefused(@TempDir Path dir) throws Exception {
    JoinToken token = vault.invite(WORKER, Role.WORKER, Duration.ofDays(1)).join();
    NodeKeys other = NodeKeys.open(dir.resolve("a"), NodeId.of("worker-2"), Role.WORKER, random);
    NodeKeys gateway = NodeKeys.open(dir.resolve("b"), WORKER, Role.GATEWAY, random);
    NodeKeys right = NodeKeys.open(dir.resolve("c"), WORKER, Role.WORKER, random);
    JoinToken guessed = new JoinToken(token.id(), Secret.random(random, 32), token.caFingerprint());
    JoinToken unknown = JoinToken.fresh(random, token.caFingerprint());

    assertThat(enrol(token, other)).contains("is for worker-1");
    assertThat(enrol(token, gateway)).contains("is for worker-1 (worker)");
    assertThat(enrol(guessed, right)).contains("wrong secret");
    assertThat(enrol(unknown, right)).contains("is not known");
    now = now.plus(Duration.ofDays(2));
    assertThat(enrol(token, right)).contains("ended at");
  }

  @Test
  void renewalIsForOneselfOnly(@TempDir Path dir) throws Exception {
    NodeKeys keys = NodeKeys.open(dir, WORKER, Role.WORKER, random);
    EnrolRequest request = EnrolRequest.renewing(WORKER, Role.WORKER, keys.signingRequest());

    assertThat(text(vault.renew(new Peer(WORKER, Role.WORKER), request, List.of()).join()))
        .isEqualTo("issued");
    assertThat(
            text(
                vault
                    .renew(new Peer(NodeId.of("worker-2"), Role.WORKER), request, List.of())
                    .join()))
        .contains("not its own");
    assertThat(text(vault.renew(new Peer(WORKER, Role.JOINING), request, List.of()).join()))
        .contains("not its own");
    assertThat(text(vault.enrol(request).join())).contains("shows no join token");
  }

  @Test
  void pairKeysAreFoundByTheirLinkAndReceiptKeysAreMadeOnce() {
    LinkName replica = LinkName.parse("worker-1~worker-2/replica");
    LinkKeys state =
        new LinkMachine(LinkMachine.DEADLINE)
            .decide(
                LinkKeys.none(replica, Instant.EPOCH),
                new LinkEvent.Begin(1, "first key"),
                Instant.EPOCH);
    PairRecord record = PairRecord.none(replica, Instant.EPOCH).follow(state, random);

    vault.pairs().write(record).join();

    assertThat(vault.pairs().read(replica).join()).contains(record);
    assertThat(vault.pairs().links().join()).containsExactly(replica);
    assertThat(vault.pairs().read(LinkName.parse("worker-1~worker-3/replica")).join()).isEmpty();
    assertThat(vault.receiptKey(1).join()).isEqualTo(vault.receiptKey(1).join());
  }

  @Test
  void exchangedRecordsDoNotOpen() {
    vault.receiptKey(1).join();
    vault.receiptKey(2).join();
    byte[] second = records.read("receipt-key.2").join().orElseThrow();
    records.write("receipt-key.1", second).join();

    assertThatThrownBy(() -> vault.receiptKey(1).join())
        .hasCauseInstanceOf(SealBroken.class)
        .hasMessageContaining("receipt-key.1");
  }

  private String enrol(JoinToken token, NodeKeys keys) {
    return text(
        vault
            .enrol(EnrolRequest.joining(token, keys.node(), keys.role(), keys.signingRequest(), ""))
            .join());
  }

  private static String text(Enrolment enrolment) {
    return enrolment.match(
        new Enrolment.Cases<>() {
          @Override
          public String issued(Enrolment.Issued issued) {
            return "issued";
          }

          @Override
          public String refused(Enrolment.Refused refused) {
            return refused.why();
          }
        });
  }

  private final class Clock implements Time {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
