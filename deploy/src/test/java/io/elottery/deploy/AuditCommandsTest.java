package io.elottery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.deploy.command.Invocation;
import io.elottery.deploy.staff.Logins;
import io.elottery.deploy.staff.Prompt;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.audit.AuditChain;
import io.elottery.keyvault.audit.AuditDraft;
import io.elottery.keyvault.audit.AuditExport;
import io.elottery.keyvault.audit.AuditRecord;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.nodekeys.NodeKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export of the audit trail: fetched in parts, kept in a file, checked offline. */
class AuditCommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Path dir;
  private final NodeKeys main;

  AuditCommandsTest(@TempDir Path dir) throws Exception {
    this.dir = dir;
    RandomSource random = new SecureRandomSource();
    CertificateAuthority authority = CertificateAuthority.create("test", random, new SystemTime());
    NodeId id = NodeId.of("main-1");
    main = NodeKeys.open(dir.resolve("keys"), id, Role.MAIN, random);
    main.install(
        List.of(
            authority.issue(main.signingRequest(), id, Role.MAIN, Duration.ofDays(1)).getEncoded(),
            authority.certificate().getEncoded()),
        authority.fingerprint());
  }

  @Test
  void anExportIsPutTogetherFromItsPartsAndOneChangedByteIsFound() throws Exception {
    Path file = dir.resolve("audit.json");
    try (LocalStaffPort port = new LocalStaffPort()) {
      List<AuditRecord> records = records(5);
      AuditChain third = AuditChain.after(records.get(2));
      AuditChain last = AuditChain.after(records.get(4));
      port.answers("GET /api/v1/audit/export", 200, part(AuditChain.START, records.subList(0, 3)))
          .answers(
              "GET /api/v1/audit/export?from=4&first=1", 200, part(third, records.subList(3, 5)))
          .answers("GET /api/v1/audit/export?from=6&first=1", 200, part(last, List.of()))
          .answers(
              "POST /api/v1/staff/sessions",
              201,
              "{\"token\":\"t\",\"expiresAt\":\"2999-01-01T00:00:00Z\",\"name\":\"auditor\"}");
      assertThat(run(port, "login", "auditor")).isZero();
      assertThat(run(port, "audit", "export", "--to", file.toString())).isZero();
      assertThat(run(port, "audit", "export", "--format", "csv")).isZero();
    }
    assertThat(printed()).contains("5,2026-11-21T08:00:05Z,officer1,officer2,KEYS_ROTATE");

    assertThat(run("audit", "verify", file.toString())).as(printed()).isZero();
    assertThat(printed()).contains("records 1 to 5: TRUE");

    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("officer2", "officer3"));
    assertThat(run("audit", "verify", file.toString())).isEqualTo(6);
    assertThat(printed()).contains("record 1: LIE");
  }

  private String part(AuditChain before, List<AuditRecord> records) {
    return new String(
        AuditExport.of(AuditChain.START, before, records, Map.of(), NOW, main).json(),
        StandardCharsets.UTF_8);
  }

  private List<AuditRecord> records(int count) {
    List<AuditRecord> records = new ArrayList<>();
    AuditChain chain = AuditChain.START;
    for (int i = 1; i <= count; i++) {
      AuditDraft draft =
          new AuditDraft("officer1", "officer2", "KEYS_ROTATE", "a,b", "2 links", "DONE");
      AuditRecord record = chain.next(draft, NOW.plusSeconds(i), main);
      records.add(record);
      chain = AuditChain.after(record);
    }
    return records;
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private int run(LocalStaffPort port, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--server", port.url()));
    return run(all.toArray(String[]::new));
  }

  private int run(String... words) {
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    ByteArrayInputStream typed =
        new ByteArrayInputStream("correct horse\n".getBytes(StandardCharsets.UTF_8));
    Invocation invocation =
        new Invocation(to, to, Prompt.of(typed, to), new Logins(dir.resolve("config")));
    return Elottery.run(invocation, to, to, words);
  }
}
