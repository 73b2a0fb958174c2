package io.elottery.controller.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.network.NetworkPlan;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.roster.Announce;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ServerBookTest {
  private static final Peer WORKER = new Peer(NodeId.of("worker-1"), Role.WORKER);

  private final ServerBook book =
      new ServerBook(
          new NetworkPlan(
              Map.of(WORKER.id(), new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>()))));

  @Test
  void nobodyIsTakenBeforeTheRecordsAreRead() {
    assertThat(said(book.announced(WORKER, store("a")))).isEqualTo(Announce.NOT_READY);
  }

  @Test
  void anOtherDirectoryUnderAKnownNameIsRefusedAndChangesNothing() {
    book.load(List.of());

    assertThat(said(book.announced(WORKER, store("a")))).isEqualTo("news");
    assertThat(said(book.announced(WORKER, store("b")))).isEqualTo(Announce.OTHER_STORE);
    assertThat(said(book.announced(WORKER, store("a")))).isEqualTo("known");
  }

  @Test
  void whatWasRecordedWinsOverWhatWasHeard() throws MalformedMessage {
    Server recorded = Server.parse(new Server(WORKER.id(), Role.WORKER, store("old")).toBytes());

    book.load(List.of(recorded));

    assertThat(said(book.announced(WORKER, store("new")))).isEqualTo(Announce.OTHER_STORE);
    assertThat(book.trunkOf(WORKER.id())).contains(Address.parse("h:1"));
  }

  @Test
  void aWorkerThatStaffDidNotNameIsRefused() {
    book.load(List.of());
    Peer stranger = new Peer(NodeId.of("worker-9"), Role.WORKER);

    assertThat(said(book.announced(stranger, store("a")))).isEqualTo(Announce.UNKNOWN_SERVER);
  }

  private static String said(Welcome welcome) {
    return welcome.match(
        new Welcome.Cases<String>() {
          @Override
          public String taken(Welcome.Taken taken) {
            return taken.isNews() ? "news" : "known";
          }

          @Override
          public String refused(Welcome.Refused refused) {
            return refused.code();
          }
        });
  }

  private static Announce store(String id) {
    return new Announce(
        Optional.of(Address.parse("h:1")),
        Optional.of(Address.parse("h:2")),
        Optional.of(id),
        1,
        0,
        0,
        0);
  }
}
