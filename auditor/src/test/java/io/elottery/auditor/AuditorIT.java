package io.elottery.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.query.LotteryQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditorIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path directory;
  private final NettyRuntime runtime = new NettyRuntime(2);
  private final FakeMain main;

  AuditorIT(@TempDir Path directory) throws Exception {
    this.directory = directory;
    runtime.start();
    main = new FakeMain(directory, runtime);
  }

  @AfterEach
  void stopMain() {
    main.close();
    runtime.close();
  }

  @Test
  void auditorWithToken_enrolsBringsItsKeyAndLooksForWork() throws Exception {
    try (Lifecycle auditor = auditor(main.token.format())) {
      auditor.start();

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(main.queries)
                      .contains(
                          new LotteryQuery.PartyWork(BranchId.of("TOR"), PartyName.of("AUDITOR"))));
      assertThat(main.enrolled).containsExactly(NodeId.of("auditor-1"));
      assertThat(main.parties).hasSize(1);
    }
  }

  @Test
  void restartedAuditor_hasTheSameKeyAndNeedsNoToken() throws Exception {
    try (Lifecycle auditor = auditor(main.token.format())) {
      auditor.start();
      await().atMost(SOON).until(() -> main.parties.size() == 1);
    }
    try (Lifecycle again = auditor("")) {
      again.start();
      await().atMost(SOON).until(() -> main.parties.size() == 2);
    }

    assertThat(main.parties.get(1)).isEqualTo(main.parties.get(0));
    assertThat(main.enrolled).hasSize(1);
  }

  @Test
  void certificatePastItsHalf_isRenewedWithoutALostConnection() throws Exception {
    Path keys = directory.resolve("auditor").resolve("keys");
    NodeId node = NodeId.of("auditor-1");
    main.enrolLongAgo(NodeKeys.open(keys, node, Role.AUDITOR, new SecureRandomSource()));

    try (Lifecycle auditor = auditor("")) {
      auditor.start();
      await().atMost(SOON).until(() -> !main.renewed.isEmpty());
      int before = main.queries.size();
      await().atMost(SOON).until(() -> main.queries.size() > before + 5);
      assertThat(main.lost).isEmpty();
    }

    X509Certificate held =
        NodeKeys.open(keys, node, Role.AUDITOR, new SecureRandomSource())
            .certificate()
            .orElseThrow();
    assertThat(held.getNotAfter()).isAfter(Date.from(Instant.now().plus(Duration.ofHours(1))));
    assertThat(main.renewed).containsExactly(node);
    assertThat(main.enrolled).isEmpty();
  }

  @Test
  void withoutTokenOrCertificate_itDoesNotStart() throws Exception {
    try (Lifecycle auditor = auditor("")) {
      assertThatThrownBy(auditor::start).hasMessageContaining("enrol.token-file");
    }
  }

  private Lifecycle auditor(String token) throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("node.name", "auditor-1");
    values.put("node.dir", directory.resolve("auditor").toString());
    values.put("mains", "main-1@" + main.address());
    values.put("party.branches", "TOR");
    values.put("party.interval", "50ms");
    if (!token.isEmpty()) {
      Path file = Files.writeString(directory.resolve("token"), token);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      values.put("enrol.token-file", file.toString());
    }
    return AuditorAssembly.of(ConfigSource.of(values), runtime, () -> {});
  }
}
