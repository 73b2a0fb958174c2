package io.elottery.ledger.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.Fuzz;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes of commands, queries and their answers. */
final class CallTest {
  private static final byte[] BODY = {1, 2};

  @Test
  void commandAndQueryHaveTheDocumentedBytes() throws MalformedMessage {
    Envelope command = CommandCall.command("branch/TOR", Duration.ofMillis(300), BODY).envelope();
    Envelope query = CommandCall.query("catalog", Duration.ZERO, BODY).envelope();

    golden(command, "[0201 v1, 15 bytes]", "0a6272616e63682f544f52" + "ac02" + "0102");
    golden(query, "[0204 v1, 11 bytes]", "07636174616c6f67" + "00" + "0102");
    CommandCall read = CommandCall.of(command);
    assertThat(read.actorKey()).isEqualTo("branch/TOR");
    assertThat(read.patience()).isEqualTo(Duration.ofMillis(300));
    assertThat(read.body()).isEqualTo(BODY);
    assertThat(CommandCall.of(query).isCommand()).isFalse();
  }

  @Test
  void answersHaveTheDocumentedBytes() throws MalformedMessage {
    golden(
        new Response.Answer(new ShardId(258), new LogPosition(77), BODY).envelope(),
        "[0202 v1, 12 bytes]",
        "0102" + "000000000000004d" + "0102");
    golden(
        new Response.Redirect(Optional.of(NodeId.of("worker-1"))).envelope(),
        "[0203 v1, 9 bytes]",
        "08776f726b65722d31");
    golden(new Response.Redirect(Optional.empty()).envelope(), "[0203 v1, 1 bytes]", "00");
    golden(new Response.Busy(Duration.ofSeconds(1)).envelope(), "[0205 v1, 2 bytes]", "e807");
    golden(new Response.Unknown("why").envelope(), "[0206 v1, 4 bytes]", "03776879");
    golden(new Response.Unavailable("why").envelope(), "[0207 v1, 4 bytes]", "03776879");
    golden(new Response.Full("why").envelope(), "[020f v1, 4 bytes]", "03776879");
  }

  @Test
  void questionsAndTestimoniesHaveTheDocumentedBytes() throws MalformedMessage {
    byte[] id = HexFormat.of().parseHex("05".repeat(16));
    Envelope question =
        CommandCall.question("catalog", Duration.ZERO, new Question(id, BODY)).envelope();
    Envelope testify = new Testify(new ShardId(258), id, Duration.ofMillis(400)).envelope();
    Testimony.Seal seal = new Testimony.Seal(new byte[] {7}, new byte[] {8, 9});
    Testimony said = new Testimony(new ShardId(258), id, new LogPosition(77), BODY, seal);

    golden(question, "[0208 v1, 27 bytes]", "07636174616c6f67" + "00" + "05".repeat(16) + "0102");
    golden(testify, "[0209 v1, 20 bytes]", "0102" + "05".repeat(16) + "9003");
    golden(
        said.envelope(),
        "[020a v1, 33 bytes]",
        "0102" + "05".repeat(16) + "000000000000004d" + "0107" + "020809" + "0102");
    assertThat(Testify.of(testify).id()).isEqualTo(id);
    assertThat(Testimony.of(said.envelope()).agrees(said)).isTrue();
    assertThat(Testimony.of(said.envelope()).seal().certificate()).containsExactly(8, 9);
    Fuzz.damaged(testify.body(), bytes -> Testify.of(new Envelope(testify.kind(), 1, bytes)));
    Fuzz.damaged(said.encode(), Testimony::decode);
    Fuzz.damaged(new Question(id, BODY).encode(), Question::decode);
  }

  @Test
  void everyAnswerIsReadAsItWasWritten() throws MalformedMessage {
    List<Response> all =
        List.of(
            new Response.Redirect(Optional.of(NodeId.of("worker-1"))),
            new Response.Redirect(Optional.empty()),
            new Response.Busy(Duration.ofSeconds(1)),
            new Response.Unknown("why"),
            new Response.Unavailable("why"));

    for (Response response : all) {
      assertThat(Response.of(response.envelope())).isEqualTo(response);
      fuzz(response);
    }
  }

  @Test
  void damagedCallsAreMalformedAndNothingElse() {
    Envelope command = CommandCall.command("branch/TOR", Duration.ofMillis(300), BODY).envelope();

    for (int kind = 0x0200; kind < 0x0211; kind++) {
      int asked = kind;
      Fuzz.damaged(command.body(), bytes -> CommandCall.of(new Envelope(asked, 1, bytes)));
    }
    fuzz(new Response.Answer(new ShardId(258), new LogPosition(77), BODY));
  }

  @Test
  void anotherVersionIsMalformed() {
    assertThat(refused(new Envelope(LedgerKinds.ANSWER, 2, new byte[20]))).isTrue();
  }

  private static boolean refused(Envelope envelope) {
    try {
      Response.of(envelope);
      return false;
    } catch (MalformedMessage expected) {
      return true;
    }
  }

  private static void fuzz(Response response) {
    Envelope envelope = response.envelope();
    Fuzz.damaged(envelope.body(), bytes -> Response.of(new Envelope(envelope.kind(), 1, bytes)));
  }

  private static void golden(Envelope envelope, String head, String body) {
    assertThat(envelope.toString()).isEqualTo("Envelope" + head);
    assertThat(HexFormat.of().formatHex(envelope.body())).isEqualTo(body);
  }
}
