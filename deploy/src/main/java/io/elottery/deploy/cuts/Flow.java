package io.elottery.deploy.cuts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Bytes on their way in one direction. Held, nothing is read and nothing is written, an end of the
 * stream included: what is under way waits in the senders' buffers as it would on a cut cable, and
 * none of it is lost. On the relay's thread.
 */
final class Flow {
  private static final int BUFFER = 16 << 10;

  // Always ready to be filled.
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private boolean ended;
  private boolean passedOn;

  /** Reads what there is. */
  void fill(SocketChannel from) throws IOException {
    if (!ended && buffer.hasRemaining()) {
      ended = from.read(buffer) < 0;
    }
  }

  /** Writes what is taken; whether there may be more to move. */
  boolean drain(SocketChannel to) throws IOException {
    buffer.flip();
    int written = buffer.hasRemaining() ? to.write(buffer) : 0;
    buffer.compact();
    boolean empty = buffer.position() == 0;
    if (ended && empty && !passedOn) {
      passedOn = true;
      to.shutdownOutput();
    }
    return written > 0 && empty && !ended;
  }

  boolean isOver() {
    return passedOn;
  }

  boolean wantsToRead() {
    return !ended && buffer.hasRemaining();
  }

  boolean wantsToWrite() {
    return buffer.position() > 0;
  }
}
