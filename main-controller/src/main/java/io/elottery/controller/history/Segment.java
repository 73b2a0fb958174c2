package io.elottery.controller.history;

import io.elottery.foundation.wire.Crc32c;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One file of buckets, only ever appended to: of each {@code "EHB1"}, length, CRC-32C, bytes. The
 * last of several with the same start counts. What the checksum does not fit is passed over and
 * counted; a torn end is cut off before the next is appended. Not thread-safe.
 */
final class Segment {
  private static final int MAGIC = 0x45484231; // "EHB1"
  private static final int HEAD = 12;
  private static final int WINDOW = 64 << 10;
  private static final int BUCKET_MAX = 64 << 20;

  /**
   * Where a bucket lies.
   *
   * @param at of its first byte
   */
  record Place(HealthBucket.Label label, long at, int length) {}

  /**
   * What is in a file.
   *
   * @param end where the next one goes
   * @param damaged stretches that are no bucket
   */
  record Contents(SortedMap<Instant, Place> places, long end, int damaged) {}

  private final Path file;

  Segment(Path file) {
    this.file = file;
  }

  /** Looks through the whole file. */
  Contents scan() throws IOException {
    SortedMap<Instant, Place> places = new TreeMap<>();
    if (!Files.exists(file)) {
      return new Contents(places, 0, 0);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long at = 0;
      long end = 0;
      int damaged = 0;
      while (at < size) {
        Optional<Place> place = place(channel, at, size);
        if (place.isPresent()) {
          places.put(place.get().label.start(), place.get());
          at = place.get().at + place.get().length;
          end = at;
        } else {
          damaged++;
          at = nextMagic(channel, at + 1, size);
        }
      }
      return new Contents(places, end, damaged);
    }
  }

  /** Appends the buckets behind what is whole; all are there afterwards, or none. */
  void append(long end, Iterable<HealthBucket> buckets) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      try {
        long at = end;
        for (HealthBucket bucket : buckets) {
          byte[] body = bucket.toBytes();
          ByteBuffer bytes = ByteBuffer.allocate(HEAD + body.length);
          bytes.putInt(MAGIC).putInt(body.length).putInt(Crc32c.of(body)).put(body).flip();
          while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
          }
        }
        channel.force(false);
      } catch (IOException full) {
        channel.truncate(end);
        throw full;
      }
    }
  }

  /** Reads those places one after the other. */
  void read(Iterable<Place> places, Consumer<byte[]> each) throws IOException {
    if (!places.iterator().hasNext()) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (Place place : places) {
        each.accept(read(channel, place.at, place.length).array());
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static Optional<Place> place(FileChannel channel, long at, long size) throws IOException {
    if (at + HEAD > size) {
      return Optional.empty();
    }
    ByteBuffer head = read(channel, at, HEAD);
    int length = head.getInt(4);
    if (head.getInt(0) != MAGIC || length < 1 || length > Math.min(BUCKET_MAX, size - at - HEAD)) {
      return Optional.empty();
    }
    byte[] body = read(channel, at + HEAD, length).array();
    try {
      return Crc32c.of(body) == head.getInt(8)
          ? Optional.of(new Place(HealthBucket.label(body), at + HEAD, length))
          : Optional.empty();
    } catch (MalformedMessage other) {
      return Optional.empty();
    }
  }

  // Where the next bucket may begin; the end when nowhere.
  private static long nextMagic(FileChannel channel, long from, long size) throws IOException {
    for (long at = from; at + Integer.BYTES <= size; at += WINDOW - Integer.BYTES + 1) {
      ByteBuffer window = read(channel, at, (int) Math.min(WINDOW, size - at));
      for (int i = 0; i + Integer.BYTES <= window.limit(); i++) {
        if (window.getInt(i) == MAGIC) {
          return at + i;
        }
      }
    }
    return size;
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("ended at byte " + (at + bytes.position()));
      }
    }
    return bytes.flip();
  }
}
