package io.elottery.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonBodyTest {
  @Test
  void malformedJsonIsRefusedWithItsPlace() {
    Problem problem = refusal("{\"name\":\"a\",\n  \"password\" oops}");

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).contains("line 2", "column");
  }

  @Test
  void whatIsNotAnObjectIsRefused() {
    assertThat(refusal("[1]").status()).isEqualTo(400);
    assertThat(refusal("").detail()).contains("empty");
    assertThat(refusal("{} {}").status()).isEqualTo(400);
    assertThat(refusal("{\"name\":1,\"name\":2}").status()).isEqualTo(400);
    assertThat(refusal("[".repeat(5_000)).status()).isEqualTo(400);
  }

  @Test
  void anUnknownFieldIsNamedWithTheKnownOnes() {
    Problem problem = refusal("{\"nmae\":\"a\"}");

    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.field()).contains("nmae");
    assertThat(problem.detail()).contains("name, password");
  }

  @Test
  void anotherContentTypeIs415() {
    WebRequest request = request("{}", "text/plain");

    Unacceptable refused =
        catchThrowableOfType(Unacceptable.class, () -> JsonBody.of(request, "name"));

    assertThat(refused.problem().status()).isEqualTo(415);
  }

  @Test
  void valuesAreReadAndNestedFieldsNamed() throws Unacceptable {
    JsonBody body =
        JsonBody.of(
            request(
                "{\"lines\":[{\"main\":[1,2]},{\"main\":[1.5]}],\"at\":\"2026-11-21T22:00:00Z\"}",
                "application/json; charset=utf-8"),
            "lines",
            "at");

    List<JsonBody> lines = body.objects("lines", 2);

    assertThat(lines.get(0).integers("main", 5)).containsExactly(1, 2);
    assertThat(body.instant("at")).isEqualTo("2026-11-21T22:00:00Z");
    assertThat(field(() -> lines.get(1).integers("main", 5))).isEqualTo("lines[1].main");
    assertThat(field(() -> body.objects("lines", 1))).isEqualTo("lines");
    assertThat(field(() -> body.text("at", 1, 3))).isEqualTo("at");
    assertThat(field(() -> body.integer("at", 1, 3))).isEqualTo("at");
  }

  private static String field(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    Unacceptable refused = catchThrowableOfType(Unacceptable.class, reading);
    return refused.problem().field().orElse("");
  }

  private static Problem refusal(String json) {
    WebRequest request = request(json, "application/json");
    return catchThrowableOfType(Unacceptable.class, () -> JsonBody.of(request, "name", "password"))
        .problem();
  }

  private static WebRequest request(String body, String contentType) {
    return new WebRequest(
        "POST",
        "/api/v1/players",
        Map.of(),
        Map.of(),
        name -> name.equals("Content-Type") ? Optional.of(contentType) : Optional.empty(),
        body.getBytes(StandardCharsets.UTF_8),
        "127.0.0.1",
        Runnable::run);
  }
}
