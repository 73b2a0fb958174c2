package io.elottery.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WebConfigTest {
  private static final Map<String, String> LEAST =
      Map.of("node.name", "gateway-1", "node.dir", "/tmp/g", "mains", "main-1@127.0.0.1:7001");

  @Test
  void theLeastGivesTheDefaults() throws ConfigRefused {
    ConfigSource source = ConfigSource.of(LEAST);
    WebConfig config = WebConfig.from(source);
    source.done();

    assertThat(config.http().listen()).isEqualTo(new Address("127.0.0.1", 8080));
    assertThat(config.http().staffListen()).isEqualTo(new Address("127.0.0.1", 8443));
    assertThat(config.http().maxBody()).isEqualTo(65536);
    assertThat(config.players().welcomeCredit()).isZero();
    assertThat(config.enrolToken()).isEmpty();
  }

  @Test
  void everyKeyIsMapped() throws ConfigRefused {
    Map<String, String> all = new TreeMap<>(LEAST);
    all.put("mains", "main-1@127.0.0.1:7001,main-2@127.0.0.1:7002");
    all.put("enrol.token-file", "/tmp/token");
    all.put("admin.listen", "127.0.0.1:0");
    all.put("mailroom.attempt", "1s");
    all.put("mailroom.pause", "10ms");
    all.put("mailroom.most", "7");
    all.put("http.listen", "0.0.0.0:80");
    all.put("staff.listen", "127.0.0.1:0");
    all.put("http.max-body", "1KiB");
    all.put("http.max-import", "1MiB");
    all.put("http.patience", "2s");
    all.put("http.idle", "30s");
    all.put("http.behind-tls", "true");
    all.put("http.tls.certificate", "/tmp/c.pem");
    all.put("http.tls.key", "/tmp/k.pem");
    all.put("players.branches", "TOR");
    all.put("players.welcomeCredit", "10,000.00");
    all.put("players.session", "1h");
    all.put("players.currency", "USD");
    all.put("draws.build", "ab".repeat(32));
    all.put("signin.tries-per-id", "3");
    all.put("signin.tries-per-address", "4");
    all.put("signin.window", "5s");
    ConfigSource source = ConfigSource.of(all);

    WebConfig config = WebConfig.from(source);
    source.done();

    assertThat(config.mains())
        .contains(new MainAddress(NodeId.of("main-2"), new Address("127.0.0.1", 7002)));
    assertThat(config.enrolToken()).contains(Path.of("/tmp/token"));
    assertThat(config.mailroom().most()).isEqualTo(7);
    assertThat(config.mailroom().pause()).isEqualTo(Duration.ofMillis(10));
    assertThat(config.http().maxImport()).isEqualTo(1 << 20);
    assertThat(config.http().secure()).isTrue();
    assertThat(config.players().welcomeCredit()).isEqualTo(1_000_000);
    assertThat(config.players().triesPerAddress()).isEqualTo(4);
    assertThat(config.players().currency()).isEqualTo("USD");
    assertThat(config.build().hex()).isEqualTo("ab".repeat(32));
  }

  @Test
  void theShippedFileIsKnownToTheLastKey() throws ConfigRefused {
    ConfigSource source =
        ConfigSource.load(Path.of("..", "deploy", "config", "web.yaml"), Map.of(), List.of());
    WebConfig config = WebConfig.from(source);
    source.done();

    assertThat(config.http()).isEqualTo(HttpConfig.from(ConfigSource.of(Map.of())));
    assertThat(config.mains()).hasSize(2);
  }

  @Test
  void whatIsWrongIsToldAllAtOnce() {
    Map<String, String> wrong = new TreeMap<>(LEAST);
    wrong.put("mains", "127.0.0.1:7001");
    wrong.put("http.lisen", "127.0.0.1:80");
    wrong.put("players.welcomeCredit", "much");
    wrong.put("http.tls.key", "/tmp/k.pem");
    wrong.put("http.patience", "0");
    ConfigSource source = ConfigSource.of(wrong);

    assertThatCode(() -> WebConfig.from(source)).doesNotThrowAnyException();
    ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, source::done);

    assertThat(refused.getMessage())
        .contains("id@host:port", "http.lisen", "http.listen", "players.welcomeCredit")
        .contains("http.tls.certificate", "http.patience");
  }
}
