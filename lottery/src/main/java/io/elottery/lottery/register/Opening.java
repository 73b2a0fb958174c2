package io.elottery.lottery.register;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.RequestKey;

/**
 * What is fixed when a draw is opened.
 *
 * @param openedAt milliseconds since 1970
 * @param by who opened it
 * @param build hash of the shipped jars, 32 bytes
 * @param key names the request
 * @param body hash of the request, 32 bytes: tells the same key with another body
 */
public record Opening(
    DrawRef draw, long openedAt, String by, Octets build, RequestKey key, Octets body) {
  void write(WireWriter out) {
    Fields.draw(out, draw);
    out.i64(openedAt).text(by).raw(build.toBytes());
    Fields.key(out, key);
    out.raw(body.toBytes());
  }

  static Opening read(WireReader in) throws MalformedMessage {
    return new Opening(
        Fields.draw(in),
        in.i64(),
        in.text(),
        Fields.octets(in, 32),
        Fields.key(in),
        Fields.octets(in, 32));
  }
}
