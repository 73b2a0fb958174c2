package io.elottery.keyvault.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.keyvault.renewal.CertificateAge.Standing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateAgeTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void thirtyDaysAreDueAtHalfAndLateFiveDaysBeforeTheEnd() {
    CertificateAge age = of(Duration.ofDays(30));

    assertThat(age.renewsAt()).isEqualTo("2026-11-16T00:00:00Z");
    assertThat(age.at(age.renewsAt().minusSeconds(1))).isEqualTo(Standing.GREEN);
    assertThat(age.at(age.renewsAt())).isEqualTo(Standing.YELLOW);
    assertThat(age.at(Instant.parse("2026-11-25T23:59:59Z"))).isEqualTo(Standing.YELLOW);
    assertThat(age.at(Instant.parse("2026-11-26T00:00:00Z"))).isEqualTo(Standing.RED);
    assertThat(age.at(age.until().plusSeconds(1))).isEqualTo(Standing.RED);
  }

  @Test
  void aYearIsLateFiveDaysBeforeTheEnd() {
    CertificateAge age = of(Duration.ofDays(365));

    assertThat(age.lateAt()).isEqualTo(age.until().minus(Duration.ofDays(5)));
  }

  @Test
  void aDayIsLateInItsLastSixth() {
    CertificateAge age = of(Duration.ofDays(1));

    assertThat(age.lateAt()).isEqualTo(age.until().minus(Duration.ofHours(4)));
    assertThat(age.at(FROM)).isEqualTo(Standing.GREEN);
  }

  @Test
  void endBeforeBeginningIsRefused() {
    assertThatThrownBy(() -> new CertificateAge(FROM, FROM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CertificateAge of(Duration validity) {
    return new CertificateAge(FROM, FROM.plus(validity));
  }
}
