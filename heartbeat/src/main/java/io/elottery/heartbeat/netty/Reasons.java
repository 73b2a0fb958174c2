package io.elottery.heartbeat.netty;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/** Why a connection ended, in one line for the log; never with key material. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable cause) {
    Throwable inner = cause;
    while (inner instanceof DecoderException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner.getClass() == IOException.class && inner.getMessage() != null) {
      return inner.getMessage();
    }
    StringBuilder text = new StringBuilder(inner.getClass().getSimpleName());
    if (inner.getMessage() != null) {
      text.append(": ").append(inner.getMessage());
    }
    return text.toString();
  }
}
