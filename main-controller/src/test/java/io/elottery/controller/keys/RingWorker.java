package io.elottery.controller.keys;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A worker's end of its links: key rings, and handshakes that succeed when both ends agree. */
final class RingWorker {
  final Wire.Station station;
  final Map<String, KeyRing> rings = new TreeMap<>();
  final List<String> steps = new ArrayList<>();
  boolean mute;
  private final Map<NodeId, RingWorker> others;

  RingWorker(Wire.Station station, Map<NodeId, RingWorker> others) {
    this.station = station;
    this.others = others;
    others.put(station.id, this);
    station.board.serve(
        KeyvaultKinds.PAIR_KEY,
        KeyvaultKinds.STEP_VERSION,
        (from, request, answer) -> step(request, answer));
  }

  KeyRing ring(String link) {
    return rings.getOrDefault(link, KeyRing.empty(link));
  }

  /** It starts anew with what its disk holds. */
  void restart() {
    rings.replaceAll((link, ring) -> KeyRing.stored(link, ring.kept(), ring.cutUpTo()));
  }

  private void step(Envelope request, CallHandler.Answer answer) {
    if (mute) {
      return;
    }
    try {
      KeyStep step = KeyStep.from(request);
      steps.add(step.step() + " " + step.link() + " " + step.epoch());
      KeyRing.Turn turn = ring(step.link()).take(step);
      rings.put(step.link(), turn.ring());
      if (turn.answer() == KeyRing.Answer.CONFIRM) {
        answer.reply(turn.ring().confirm(step).toEnvelope());
      } else {
        answer.refuse(turn.answer().name(), "as the ring says");
      }
      if (turn.acts().contains(KeyRing.Act.DIAL)) {
        handshake(step.link());
      }
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", "no step");
    }
  }

  private void handshake(String link) {
    String[] ends = link.substring(0, link.indexOf('/')).split("~", -1);
    RingWorker low = others.get(NodeId.of(ends[0]));
    RingWorker high = others.get(NodeId.of(ends[1]));
    if (low == null || high == null) {
      return;
    }
    int epoch = low.ring(link).dialEpoch();
    if (epoch > 0 && low.ring(link).key(epoch).equals(high.ring(link).key(epoch))) {
      low.rings.put(link, low.ring(link).proven(epoch).ring());
      high.rings.put(link, high.ring(link).proven(epoch).ring());
    }
  }
}
