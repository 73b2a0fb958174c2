package io.elottery.deploy.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.lottery.checker.Observation;
import io.elottery.lottery.checker.Proof;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checker remembers over its own end. */
final class JournalTest {
  private static final PlayerId ANN = PlayerId.parse("TORC0001");
  private static final Observation JOINED = new Observation.Joined(ANN, 1_000);
  private static final Observation SENT = new Observation.Sent(new TicketId(1, 2), "TOR", ANN);
  private static final Observation KNOWN =
      new Observation.Acknowledged(new TicketId(1, 2), new Proof(7, 300, "0123456789abcdef"));

  @Test
  void itGoesOnWhereItEnded(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("j");
    String password;
    try (Journal journal = Journal.open(file)) {
      journal.add(JOINED);
      journal.add(SENT);
      password = journal.password();
    }

    try (Journal again = Journal.open(file)) {
      assertThat(again.before()).containsExactly(JOINED, SENT);
      assertThat(again.password()).isEqualTo(password).hasSize(32);
      again.add(KNOWN);
    }
    try (Journal last = Journal.open(file)) {
      assertThat(last.before()).containsExactly(JOINED, SENT, KNOWN);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLineThatIsCutOffIsCutAway(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("j");
    try (Journal journal = Journal.open(file)) {
      journal.add(JOINED);
      journal.add(SENT);
    }
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 5));

    try (Journal again = Journal.open(file)) {
      assertThat(again.before()).containsExactly(JOINED);
      again.add(SENT);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void anotherFileIsLeftAlone(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("letter");
    Files.writeString(file, "Dear Ann,\n");

    assertThatThrownBy(() -> Journal.open(file)).hasMessageContaining("no journal");
    assertThat(Files.readString(file)).isEqualTo("Dear Ann,\n");
  }

  @Test
  void manyAtOnceAllStandInIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("j");
    List<Thread> writers = new ArrayList<>();
    try (Journal journal = Journal.open(file)) {
      journal.add(JOINED);
      for (int i = 0; i < 4; i++) {
        int writer = i;
        writers.add(new Thread(() -> write(journal, writer)));
      }
      writers.forEach(Thread::start);
      for (Thread writer : writers) {
        writer.join();
      }
    }

    try (Journal again = Journal.open(file)) {
      assertThat(again.before()).hasSize(1 + 4 * 20).doesNotHaveDuplicates();
    }
  }

  @Test
  void aReceiptIsTheSameAloneAndBesideItsState() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String alone = "{\"price\":300,\"position\":7,\"lines\":[{\"main\":[1,2],\"bonus\":[3]}]}";
    String beside =
        alone.replace("}]}", "}],\"state\":\"WON\",\"currency\":\"CAD\",\"prize\":null}");

    assertThat(PublicApi.proof(json.readTree(beside)))
        .isEqualTo(PublicApi.proof(json.readTree(alone)))
        .isNotEqualTo(PublicApi.proof(json.readTree(alone.replace("[3]", "[4]"))));
  }

  private static void write(Journal journal, int writer) {
    try {
      for (int i = 0; i < 20; i++) {
        journal.add(new Observation.Sent(new TicketId(writer, i), "TOR", ANN));
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
