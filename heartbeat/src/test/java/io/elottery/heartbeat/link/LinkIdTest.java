package io.elottery.heartbeat.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import org.junit.jupiter.api.Test;

class LinkIdTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");

  @Test
  void orderOfTheEndsDoesNotMatter() {
    assertThat(LinkId.between(TWO, ONE, Purpose.REPLICA))
        .isEqualTo(LinkId.between(ONE, TWO, Purpose.REPLICA))
        .hasToString("worker-1~worker-2/replica");
  }

  @Test
  void textFormIsReadBack() {
    LinkId link = LinkId.between(ONE, TWO, Purpose.NEIGHBOUR);

    assertThat(LinkId.parse(link.toString())).isEqualTo(link);
    assertThat(link.other(ONE)).isEqualTo(TWO);
  }

  @Test
  void otherTextsAreRefused() {
    for (String text : new String[] {"", "a~b", "b~a/replica", "a~a/replica", "a~b/friend"}) {
      assertThatThrownBy(() -> LinkId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void identityNamesDiallerListenerPurposeAndEpoch() {
    PskIdentity identity = new PskIdentity(LinkId.between(TWO, ONE, Purpose.REPLICA), 4);

    assertThat(identity.text()).isEqualTo("elottery/link/v1 worker-1 worker-2 replica 4");
    assertThat(PskIdentity.parse(identity.text())).contains(identity);
  }

  @Test
  void reflectedOrBentIdentitiesAreNone() {
    assertThat(PskIdentity.parse("elottery/link/v1 worker-2 worker-1 replica 4")).isEmpty();
    assertThat(PskIdentity.parse("elottery/link/v1 worker-1 worker-2 replica 04")).isEmpty();
    assertThat(PskIdentity.parse("elottery/link/v1 worker-1 worker-2 replica 0")).isEmpty();
    assertThat(PskIdentity.parse("elottery/link/v2 worker-1 worker-2 replica 4")).isEmpty();
    assertThat(PskIdentity.parse("")).isEmpty();
  }
}
