package io.elottery.deploy.bench.wire;

import io.elottery.foundation.wire.Envelope;
import java.io.IOException;
import java.util.function.Consumer;

/** A way to connect two servers of this process: a dialling end and a listening one. */
interface Kind {
  /** For the table. */
  String name();

  /**
   * Connects once, to stay.
   *
   * @param urgent whether it is for impulses, where the kind knows a connection for these
   * @param atListener gets what was sent, on the listening end's event loop
   * @param atDialler gets what was answered, on the dialling end's event loop
   */
  Wire open(boolean urgent, Consumer<Envelope> atListener, Consumer<Envelope> atDialler)
      throws IOException;

  /**
   * Connects and hangs up at once, again and again until closed.
   *
   * @param lines connections under way at the same time
   * @param connected told once for each connection, when the dialling end may send
   */
  Stop redial(int lines, Runnable connected) throws IOException;

  /** Ends what was begun. */
  interface Stop extends AutoCloseable {
    @Override
    void close();
  }

  /** A connection that is up. Any thread. */
  interface Wire extends Stop {
    /** From the dialling end to the listening one; false when it was not taken. */
    boolean send(Envelope envelope);

    /** The other way. */
    boolean answer(Envelope envelope);
  }
}
