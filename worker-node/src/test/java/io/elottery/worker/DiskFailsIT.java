package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.port.FreePort;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.lottery.ticket.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker process of its own whose disk fails or is full; the kernel makes it fail. */
@Tag("it")
class DiskFailsIT {
  private static final NodeId ID = NodeId.of("worker-1");
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  private Path directory;
  private NettyRuntime runtime;
  private FakeMain main;
  private @Nullable TestGateway gateway;
  private @Nullable Process worker;
  private List<String> config;

  @BeforeEach
  void begin(@TempDir Path temporary) throws Exception {
    directory = temporary;
    runtime = new NettyRuntime(2);
    main = new FakeMain(directory, runtime, List.of(ID), 1);
    Path token = directory.resolve("token");
    OwnerOnlyFiles.writeLine(token, main.token.format());
    config =
        List.of(
            "node.name=" + ID,
            "node.dir=" + directory.resolve("worker"),
            "mains=" + FakeMain.ID + "@" + main.address(),
            "trunk.listen=127.0.0.1:" + FreePort.any(),
            "link.listen=127.0.0.1:" + FreePort.any(),
            "enrol.token-file=" + token,
            "reports.interval=200ms");
  }

  @AfterEach
  void end() throws Exception {
    if (worker != null) {
      worker.destroyForcibly().waitFor();
    }
    if (gateway != null) {
      gateway.close();
    }
    main.close();
    runtime.close();
  }

  @Test
  void aDiskThatFailsStopsTheProcessAndAFullOneOnlyNewWagers() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "prlimit is not installed");
    worker = start();
    await().atMost(Duration.ofSeconds(60)).until(main::hasSentRoster);
    gateway = new TestGateway(main.keys(TestGateway.ID, Role.GATEWAY), main.roster(), runtime);
    Seller seller = new Seller(gateway);
    Receipt kept = seller.buy("kept").get();

    // No file may grow any more: the next flush fails, as with EIO or ENOSPC.
    new ProcessBuilder(PRLIMIT.toString(), "--pid", worker.pid() + "", "--fsize=1024")
        .start()
        .waitFor();
    CompletableFuture<Receipt> lost = seller.buy("never-answered");

    assertThat(worker.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isEqualTo(74);
    assertThat(said())
        .contains("the ledger's disk failed, this process stops: worker-1: ")
        .contains("failed");
    assertThat(lost.isDone() && !lost.isCompletedExceptionally()).isFalse();

    worker = start("ledger.disk.reserve=1000000GiB");
    assertThat(seller.tickets()).as("reads go on").contains(kept.ticket().toString());
    assertThatThrownBy(() -> seller.buy("new").get())
        .hasStackTraceContaining("disk full on worker-1");
    await()
        .until(
            () ->
                main.reports.stream()
                    .anyMatch(report -> report.notes().toString().contains("DISK_FULL worker-1")));
    worker.destroyForcibly().waitFor();

    worker = start();
    assertThat(seller.buy("kept").get()).isEqualTo(kept);
    assertThat(seller.buy("new").get().position()).isGreaterThan(kept.position());
  }

  private Process start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                "--config",
                Files.writeString(directory.resolve("worker.yaml"), "{}\n").toString()));
    command.addAll(config);
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start();
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("said"));
  }
}
