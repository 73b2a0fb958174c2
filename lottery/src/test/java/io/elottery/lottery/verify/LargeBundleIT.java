package io.elottery.lottery.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.bundle.Tickets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LargeBundleIT {
  @Test
  void hashesInPlaceOfLeaves_needTheLeavesToo() {
    SmallDraw draw = new SmallDraw(Bundle.LEAVES_MAX + 1);
    Tickets tickets = Tickets.of(draw.leaves, "https://lottery.example/leaves");
    Bundle bundle =
        draw.drawn()
            .bundle(
                tickets,
                BundleStatus.CERTIFIED,
                new Certificate("AUDITOR", SmallDraw.AT, new byte[64]));
    byte[] file = bundle.signed(draw.sign("AUDITOR", bundle.certifyText())).toBytes();

    assertThat(BundleVerifier.verify(file, Optional.empty()).verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(BundleVerifier.verify(file, Optional.empty(), Optional.of(draw.leaves)).verdict())
        .isEqualTo(Verdict.SELF_CONSISTENT_ONLY);
  }
}
