package io.elottery.controller.keys;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.vault.SignedRecords;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** One signed record of one type; its futures complete on main's loop. */
final class TypedRecord<T> {
  private final SignedRecords records;
  private final Executor loop;
  private final String name;
  private final Function<T, byte[]> encoder;
  private final Decoder<T> decoder;

  /** Reads what the encoder wrote. */
  interface Decoder<T> {
    T decode(byte[] bytes) throws MalformedMessage;
  }

  TypedRecord(
      SignedRecords records,
      Executor loop,
      String name,
      Function<T, byte[]> encoder,
      Decoder<T> decoder) {
    this.records = records;
    this.loop = loop;
    this.name = name;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  CompletableFuture<Optional<T>> read() {
    return records
        .read(name)
        .thenComposeAsync(
            found -> {
              try {
                return CompletableFuture.completedFuture(
                    found.isEmpty() ? Optional.empty() : Optional.of(decoder.decode(found.get())));
              } catch (MalformedMessage malformed) {
                return CompletableFuture.failedFuture(malformed);
              }
            },
            loop);
  }

  CompletableFuture<Void> write(T value) {
    return records.write(name, encoder.apply(value)).whenCompleteAsync((done, no) -> {}, loop);
  }
}
