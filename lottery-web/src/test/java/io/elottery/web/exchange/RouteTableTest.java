package io.elottery.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RouteTableTest {
  private final RouteTable routes =
      new RouteTable()
          .add("GET", "/draws/{game}/{id}", Handler.now(r -> WebAnswer.nothing()))
          .add("PUT", "/draws/{game}/{id}", Handler.now(r -> WebAnswer.nothing()))
          .add("GET", "/draws/{game}/odds", Handler.now(r -> WebAnswer.nothing()));

  @Test
  void partsInBracesAreNamed() {
    RouteTable.Match match = routes.find("PUT", "/draws/powerball/TORM211126");

    assertThat(match.handler()).isPresent();
    assertThat(match.params()).containsEntry("game", "powerball").containsEntry("id", "TORM211126");
  }

  @Test
  void aLiteralPartBeatsOneInBraces() {
    assertThat(routes.find("GET", "/draws/powerball/odds").params()).doesNotContainKey("id");
  }

  @Test
  void anotherMethodNamesTheAllowedOnes() {
    RouteTable.Match match = routes.find("DELETE", "/draws/powerball/x");

    assertThat(match.handler()).isEmpty();
    assertThat(match.allowed()).containsExactly("GET", "PUT");
    assertThat(routes.find("GET", "/draws//x").allowed()).isEmpty();
    assertThat(routes.find("GET", "/draws/powerball/x/").allowed()).isEmpty();
  }

  @Test
  void headIsAnsweredByGet() {
    assertThat(routes.find("HEAD", "/draws/powerball/x").handler()).isPresent();
  }
}
