package io.elottery.foundation.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.metrics.ProcessMetrics;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminListenerTest {
  private final Readiness readiness = new Readiness();
  private final ProcessMetrics metrics = ProcessMetrics.of(NodeId.of("worker-1"), Role.WORKER);
  private final AdminListener listener =
      new AdminListener(new Address("127.0.0.1", 0), readiness, metrics);

  @BeforeEach
  void start() {
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.close();
    metrics.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + listener.address() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void liveServerSaysSo() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void serverIsReadyWhenEveryCheckIs() throws Exception {
    Readiness.Check mains = readiness.check("mains");
    Readiness.Check store = readiness.check("store");
    store.ready();
    mains.notReady("waits for LEFT");

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("mains: waits for LEFT\nstore: ok\n");

    mains.ready();
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void metersAreInPrometheusText() throws Exception {
    metrics.registry().counter("elottery.heartbeat.impulses.count").increment(3);

    assertThat(get("/metrics").body())
        .contains("elottery_heartbeat_impulses_count_total{node=\"worker-1\",role=\"worker\"} 3.0");
  }

  @Test
  void takenPortIsNamed() {
    AdminListener second = new AdminListener(listener.address(), readiness, metrics);

    assertThatThrownBy(second::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(listener.address().toString());
  }

  @Test
  void otherMachinesAreNotServed() {
    AdminListener open = new AdminListener(new Address("0.0.0.0", 0), readiness, metrics);

    assertThatThrownBy(open::start).hasMessageContaining("not loopback");
  }
}
