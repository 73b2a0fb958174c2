package io.elottery.reports.triage;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;

/**
 * Main's question to a worker when a probe of one of its neighbours is unanswered: look at once, do
 * you hear it?
 *
 * @param about the neighbour
 */
public record Question(NodeId about) {
  /** As a message, kind {@link ReportsKinds#ASK}. */
  public Envelope envelope() {
    byte[] body = new WireWriter().text(about.name()).toBytes();
    return new Envelope(ReportsKinds.ASK, ReportsKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static Question parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    try {
      Question question = new Question(NodeId.of(in.text()));
      in.done();
      return question;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("question: " + wrong.getMessage());
    }
  }

  /** The answer as a message. */
  public static Envelope answer(boolean heard) {
    byte[] body = {(byte) (heard ? 1 : 0)};
    return new Envelope(ReportsKinds.WITNESSED, ReportsKinds.VERSION, body);
  }

  /** Reads {@link #answer}. */
  public static boolean heard(Envelope answer) throws MalformedMessage {
    WireReader in = new WireReader(answer.body());
    boolean heard = in.bool();
    in.done();
    return heard;
  }
}
