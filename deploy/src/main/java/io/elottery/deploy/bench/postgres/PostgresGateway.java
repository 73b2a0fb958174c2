package io.elottery.deploy.bench.postgres;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.bouncycastle.Ed25519;
import io.elottery.keyvault.secret.Secret;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.rules.RulesRefused;
import io.elottery.web.SiteAssembly;
import io.elottery.web.config.WebConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway before PostgreSQL as a process of its own; prints its address and serves until its
 * input ends.
 */
public final class PostgresGateway {
  private PostgresGateway() {}

  /**
   * Starts it.
   *
   * @param args port of the primary, connections to it, the game's file, an empty directory
   */
  public static void main(String[] args) throws IOException, ConfigRefused, RulesRefused {
    SecureRandomSource random = new SecureRandomSource();
    GameFile game = GameFile.fromYaml(Files.readString(Path.of(args[2])));
    Map<String, String> values = new TreeMap<>();
    values.put("node.name", "gateway-1");
    values.put("node.dir", args[3]);
    values.put("mains", "main-1@127.0.0.1:1");
    values.put("http.listen", "127.0.0.1:0");
    values.put("staff.listen", "127.0.0.1:0");
    ConfigSource source = ConfigSource.of(values);
    WebConfig config = WebConfig.from(source);
    source.done();
    try (PostgresLedger ledger =
            new PostgresLedger(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                game.rules(),
                Ed25519.signer(Secret.random(random, 32)),
                random);
        SiteAssembly site =
            new SiteAssembly(
                config,
                new SiteAssembly.Ports(
                    ledger,
                    () -> CompletableFuture.completedFuture(new byte[] {'{', '}'}),
                    (call, repeatable, settles) ->
                        CompletableFuture.completedFuture(new byte[] {'{', '}'}),
                    new SystemTime(),
                    random,
                    ProcessMetrics.of(NodeId.of("gateway-1"), Role.GATEWAY)))) {
      site.start();
      System.out.println(site.site());
      System.out.flush();
      while (System.in.read() >= 0) {
        // Whoever started it closes this when it is to end.
        continue;
      }
    }
  }
}
