package io.elottery.web.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.KeyvaultKinds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a call of the staff when the first main cannot settle it. */
final class MainCallsTest {
  private static final List<NodeId> MAINS =
      List.of(NodeId.of("main-1"), NodeId.of("main-2"), NodeId.of("main-3"));
  private static final String LEADERLESS = "no leader";
  private static final String SILENT = "";

  private final SimWorld world = new SimWorld(1);
  private final Map<String, String> says = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<MainCalls> gateways = new ArrayList<>();

  MainCallsTest() {
    world.node("gateway-1", Role.GATEWAY, this::gateway);
    for (NodeId main : MAINS) {
      says.put(main.name(), LEADERLESS);
      world.node(main.name(), Role.MAIN, node -> main(main.name(), node));
    }
    world.startAll();
    world.runFor(Duration.ofSeconds(1));
  }

  @Test
  void anotherMainIsAskedWhereOneKnowsNoLeader() {
    says.put("main-2", "done");

    assertThat(text(ask(false))).isEqualTo("done");
    assertThat(asked).containsExactly("main-1", "main-2");
  }

  @Test
  void whereNoneKnowsALeaderTheLastOneSaysSo() {
    assertThat(text(ask(false))).isEqualTo(LEADERLESS);
    assertThat(asked).containsExactly("main-1", "main-2", "main-3");
  }

  @Test
  void whatMayHaveBeenDoneIsAskedOfNoOther() {
    says.put("main-1", SILENT);
    says.put("main-2", "done");

    assertThat(ask(false)).isCompletedExceptionally();
    assertThat(asked).containsExactly("main-1");
    assertThat(text(ask(true))).isEqualTo("done");
  }

  private CompletableFuture<byte[]> ask(boolean repeatable) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    StaffQuestion question =
        new StaffQuestion(
            new byte[] {'{', '}'},
            repeatable,
            answer -> !new String(answer, StandardCharsets.UTF_8).equals(LEADERLESS));
    gateways.get(0).office(MAINS, question, result);
    world.runFor(Duration.ofSeconds(20));
    assertThat(result).isDone();
    return result;
  }

  private static String text(CompletableFuture<byte[]> result) {
    return new String(result.join(), StandardCharsets.UTF_8);
  }

  private void gateway(SimNode node) {
    NodeLoop loop = node.loop("gateway");
    gateways.add(new MainCalls(board(node, loop), loop));
  }

  private void main(String name, SimNode node) {
    board(node, node.loop("main"))
        .serve(
            KeyvaultKinds.STAFF_CALL,
            (from, request, answer) -> {
              asked.add(name);
              String said = says.getOrDefault(name, SILENT);
              if (!said.equals(SILENT)) {
                answer.reply(
                    new Envelope(
                        KeyvaultKinds.STAFF_ANSWER,
                        KeyvaultKinds.VERSION,
                        said.getBytes(StandardCharsets.UTF_8)));
              }
            });
  }

  private static Switchboard board(SimNode node, NodeLoop loop) {
    Switchboard[] board = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> loop.post(() -> board[0].received(from, envelope)));
    board[0] = new Switchboard(1, trunk, loop);
    return board[0];
  }
}
