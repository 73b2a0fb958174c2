package io.elottery.web.staff;

import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /api/v1/history/health?from=&to=&format=json|csv|pdf}: main tells, this gateway writes
 * and draws.
 */
final class HealthApi {
  private static final String PATH = "/history/health";

  private final OfficeLine office;
  private final HealthFiles files;

  HealthApi(OfficeLine office, HealthFiles files) {
    this.office = office;
    this.files = files;
  }

  void addTo(RouteTable routes) {
    routes.add("GET", "/api/v1" + PATH, this::health);
  }

  private CompletableFuture<WebAnswer> health(WebRequest request) throws Unacceptable {
    String token = request.bearer().orElse("");
    if (token.isEmpty()) {
      throw StaffGuard.signInFirst().unacceptable();
    }
    Map<String, String> query = new TreeMap<>();
    for (String name : new String[] {"from", "to"}) {
      request.query(name).ifPresent(value -> query.put(name, value));
    }
    String format = request.query("format").orElse("json");
    return office
        .ask(request, OfficeCall.get(token, PATH).with(query))
        .thenCompose(answer -> files.of(answer, format, request));
  }
}
