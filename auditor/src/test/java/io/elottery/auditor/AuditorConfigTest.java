package io.elottery.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PartyName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditorConfigTest {
  private static final Map<String, String> NEEDED =
      Map.of("node.name", "auditor-1", "node.dir", "d", "mains", "main-1@127.0.0.1:7001");

  @Test
  void defaultsAreTheDocumentedOnes() throws Exception {
    ConfigSource source = ConfigSource.of(NEEDED);

    AuditorConfig config = AuditorConfig.from(source);
    source.done();

    assertThat(config.enrolToken()).isEmpty();
    assertThat(config.admin()).isEmpty();
    assertThat(config.party()).isEqualTo(PartyName.of("AUDITOR"));
    assertThat(config.branches()).extracting(BranchId::code).containsExactly("TOR", "MTL", "OTW");
    assertThat(config.interval()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.trunk().listen()).isEmpty();
  }

  @Test
  void everyKeyIsMapped(@TempDir Path directory) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "x");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> values = new HashMap<>(NEEDED);
    values.put("enrol.token-file", token.toString());
    values.put("admin.listen", "127.0.0.1:7005");
    values.put("party.name", "AUDITOR-2");
    values.put("party.branches", "TOR");
    values.put("party.interval", "1s");
    values.put("party.patience", "9s");
    values.put("mailroom.attempt", "2s");
    ConfigSource source = ConfigSource.of(values);

    AuditorConfig config = AuditorConfig.from(source);
    source.done();

    assertThat(config.node()).isEqualTo(NodeId.of("auditor-1"));
    assertThat(config.dir()).isEqualTo(Path.of("d"));
    assertThat(config.mains())
        .containsExactly(new MainAddress(NodeId.of("main-1"), new Address("127.0.0.1", 7001)));
    assertThat(config.enrolToken()).contains(token);
    assertThat(config.admin()).contains(new Address("127.0.0.1", 7005));
    assertThat(config.party()).isEqualTo(PartyName.of("AUDITOR-2"));
    assertThat(config.branches()).containsExactly(BranchId.of("TOR"));
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.patience()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.mailroom().attempt()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void everythingWrongIsNamedAtOnce() {
    ConfigSource source =
        ConfigSource.of(
            Map.of(
                "mains", "127.0.0.1:7001",
                "party.name", "LEFT",
                "party.branches", "Toronto",
                "party.interval", "1ms",
                "party.intervall", "1s"));

    AuditorConfig.from(source);

    assertThatThrownBy(source::done)
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("node.name is missing")
        .hasMessageContaining("expected id@host:port")
        .hasMessageContaining("begins with AUDITOR")
        .hasMessageContaining("branch \"Toronto\"")
        .hasMessageContaining("expected 10ms or more")
        .hasMessageContaining("did you mean party.interval?");
  }
}
