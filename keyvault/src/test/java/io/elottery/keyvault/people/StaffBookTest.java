package io.elottery.keyvault.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.seal.KdfCost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StaffBookTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final StaffBook book =
      StaffBook.of(
          List.of(
              member("officer1", "Ada Lovelace", StaffRole.OFFICER),
              member("officer2", "Grace Hopper", StaffRole.OFFICER),
              member("auditor", "Emmy Noether", StaffRole.AUDITOR)));

  @Test
  void twoOfficersAreAlwaysLeft() {
    assertThatThrownBy(() -> book.disabled("officer1"))
        .isInstanceOfSatisfying(
            StaffRefused.class,
            refused -> assertThat(refused.code()).isEqualTo("TOO_FEW_OFFICERS"));
    assertThatThrownBy(
            () -> book.after(new StaffChange.Roles("officer2", Set.of(StaffRole.AUDITOR))))
        .hasMessageContaining("two people must stay able to approve");
  }

  @Test
  void twoNamesOfOnePersonAreOneOfficer() throws Exception {
    StaffBook more = book.after(add("officer3", "ada  LOVELACE", StaffRole.OFFICER));

    assertThat(more.officers()).isEqualTo(2);
    assertThatThrownBy(() -> more.disabled("officer2")).isInstanceOf(StaffRefused.class);
    assertThat(more.disabled("officer1").officers()).isEqualTo(2);
    assertThat(more.namesOf("Ada Lovelace")).hasSize(2);
  }

  @Test
  void aProposalChangesTheBookOnce() throws Exception {
    StaffBook enabled =
        book.after(add("officer3", "Alan Turing", StaffRole.OFFICER), "p-1")
            .disabled("officer3")
            .after(new StaffChange.Enable("officer3"), "p-2");

    StaffBook later = enabled.disabled("officer3").after(new StaffChange.Enable("officer3"), "p-2");

    assertThat(later.member("officer3").orElseThrow().disabled()).isTrue();
    assertThat(later.after(add("officer3", "Alan Turing", StaffRole.OFFICER), "p-1"))
        .isEqualTo(later);
  }

  @Test
  void anOfficersPiecesAreOfOneHalf() throws Exception {
    StaffBook fixed = book.withSet("officer1", Hemisphere.LEFT);

    assertThat(fixed.withSet("officer1", Hemisphere.LEFT)).isEqualTo(fixed);
    assertThatThrownBy(() -> fixed.withSet("officer1", Hemisphere.RIGHT))
        .hasMessageContaining("LEFT");
  }

  @Test
  void anInvitationHoldsForItsTime() throws Exception {
    Invitation invitation =
        new Invitation(Credentials.digest("come in"), NOW.plus(Duration.ofDays(1)));
    StaffBook invited = book.withCredentials("auditor", Credentials.ofInvitation(invitation));

    assertThat(invited.ofInvitation("come in", NOW).map(StaffMember::name)).contains("auditor");
    assertThat(invited.ofInvitation("come on", NOW)).isEmpty();
    assertThat(invited.ofInvitation("come in", NOW.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(invited.disabled("auditor").ofInvitation("come in", NOW)).isEmpty();
  }

  @Test
  void aPasswordIsKnownByItsHashAlone() {
    PasswordHash hash =
        PasswordHash.of("correct horse battery", KdfCost.FAST, new SecureRandomSource());

    assertThat(hash.matches("correct horse battery")).isTrue();
    assertThat(hash.matches("correct horse batterz")).isFalse();
    assertThat(hash.toString()).doesNotContain("salt");
  }

  @Test
  void theBytesGiveTheSameBookAgain() throws Exception {
    PasswordHash hash = PasswordHash.of("a password", KdfCost.FAST, new SecureRandomSource());
    StaffBook full =
        book.after(add("officer3", "José Ñandú-O’Brien, Jr.", StaffRole.OPERATOR), "p-7")
            .withCredentials("officer3", Credentials.ofPassword(hash))
            .withCredentials("officer1", Credentials.ofToken(Credentials.digest("token")))
            .withCredentials(
                "officer2", Credentials.ofInvitation(new Invitation(Credentials.digest("x"), NOW)))
            .withSet("officer1", Hemisphere.RIGHT)
            .disabled("auditor");

    StaffBook read = StaffBookJson.read(StaffBookJson.write(full));

    assertThat(StaffBookJson.write(read)).isEqualTo(StaffBookJson.write(full));
    assertThat(read.ofToken("token").map(StaffMember::name)).contains("officer1");
    assertThat(read.member("auditor").orElseThrow().disabled()).isTrue();
    assertThat(read.applied()).containsExactly("p-7");
  }

  @Test
  void whateverIsTriedTwoOfficersStay() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StaffBook now = book;
      for (int step = 0; step < 40; step++) {
        String name = "n" + random.nextInt(5);
        try {
          now =
              switch (random.nextInt(4)) {
                case 0 -> now.after(add(name, "Person " + random.nextInt(3), StaffRole.OFFICER));
                case 1 -> now.disabled(random.nextBoolean() ? name : "officer1");
                case 2 ->
                    now.after(
                        new StaffChange.Roles(
                            random.nextBoolean() ? name : "officer2",
                            Set.of(StaffRole.values()[random.nextInt(5)])));
                default -> now.after(new StaffChange.Enable(name));
              };
        } catch (StaffRefused refused) {
          assertThat(refused.detail()).isNotEmpty();
        }
        assertThat(now.officers()).as("seed %d step %d", seed, step).isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void oneNameHasFiveSessionsAndNoneAfterItsTime() throws Exception {
    Sessions sessions = Sessions.NONE;
    for (int i = 0; i < 7; i++) {
      sessions =
          sessions.with(
              Credentials.digest("t" + i),
              new Sessions.Session("auditor", NOW.plusSeconds(100 + i)),
              NOW);
    }

    Sessions read = Sessions.read(sessions.write());

    assertThat(read).isEqualTo(sessions);
    assertThat(read.open()).hasSize(5);
    assertThat(read.name("t1", NOW)).isEmpty();
    assertThat(read.name("t6", NOW)).contains("auditor");
    assertThat(read.name("t6", NOW.plusSeconds(106))).isEmpty();
    assertThat(read.endedOf("auditor").open()).isEmpty();
    assertThat(read.ended(Credentials.digest("t6")).name("t6", NOW)).isEmpty();
  }

  private static StaffChange add(String name, String person, StaffRole role) {
    return new StaffChange.Add(name, person, new TreeSet<>(List.of(role)), "");
  }

  private static StaffMember member(String name, String person, StaffRole role) {
    return new StaffMember(
        name, person, new TreeSet<>(List.of(role)), "", Optional.empty(), false, Credentials.NONE);
  }
}
