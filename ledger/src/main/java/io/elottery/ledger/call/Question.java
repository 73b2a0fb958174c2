package io.elottery.ledger.call;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.HexFormat;

/**
 * A query that is put into the log: every replica answers it from its own state at that position,
 * so their answers can be compared.
 *
 * @param id 16 bytes of the asker's chance; under it the replicas' answers are fetched. Not copied
 * @param query the query's own bytes, not copied
 */
public record Question(byte[] id, byte[] query) {
  /** Bytes of an id. */
  public static final int ID_BYTES = 16;

  /** Checks the id. */
  public Question {
    if (id.length != ID_BYTES) {
      throw new IllegalArgumentException("question id: expected " + ID_BYTES + " bytes");
    }
  }

  /** The id, then the query. */
  public byte[] encode() {
    return new WireWriter(ID_BYTES + query.length).raw(id).raw(query).toBytes();
  }

  /** Reads {@link #encode()}. */
  public static Question decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    return new Question(in.raw(ID_BYTES), in.rest());
  }

  /** The id as text. */
  public String name() {
    return HexFormat.of().formatHex(id);
  }
}
