package io.elottery.controller.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.controller.staff.ActionRefused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://pager.example.org/hook/0815?k=1, https://pager.example.org",
    "https://pager.example.org:8443, https://pager.example.org:8443",
    "http://127.0.0.1:9000/x, http://127.0.0.1:9000",
    "http://localhost/x, http://localhost",
    "'http://[::1]:9/x', 'http://[::1]:9'",
  })
  void pathIsNotShown(String url, String host) throws Exception {
    WebhookAddress address = WebhookAddress.parse(url);

    assertThat(address.host()).isEqualTo(host);
    assertThat(address).hasToString(host);
    assertThat(address.url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pager.example.org/x",
        "http://127.0.0.1.example.org/x",
        "http://10.0.0.1/x",
        "ftp://127.0.0.1/x",
        "https://user:pw@pager.example.org/x",
        "https:///x",
        "https://pager.example.org/#x",
        "https://pager.example.org:99999/",
        "file:///etc/passwd",
        "not an address",
        "",
      })
  void otherAddressesAreRefused(String url) {
    assertThatThrownBy(() -> WebhookAddress.parse(url))
        .isInstanceOfSatisfying(
            ActionRefused.class, refused -> assertThat(refused.code()).isEqualTo("INVALID"));
  }
}
