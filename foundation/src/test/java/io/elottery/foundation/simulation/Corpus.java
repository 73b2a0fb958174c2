package io.elottery.foundation.simulation;

import io.elottery.foundation.wire.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Hostile messages that are kept for ever, one a line: {@code kind version bytes # why}, the bytes
 * in hex or as {@code 'text'}, any part {@code *times}.
 */
public final class Corpus {
  /** One message, and why it is there. */
  public record Entry(String why, Envelope envelope) {
    @Override
    public String toString() {
      return why;
    }
  }

  private Corpus() {}

  /** Reads a resource beside a class: {@code /hostile/reports.txt}. */
  public static List<Entry> read(Class<?> beside, String resource) {
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(resource), resource)) {
      List<Entry> entries = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          entries.add(entry(line));
        }
      }
      return entries;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Entry entry(String line) {
    int hash = line.lastIndexOf(" # ");
    String[] words = line.substring(0, hash).strip().split(" +");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 2; i < words.length; i++) {
      body.writeBytes(bytes(words[i]));
    }
    return new Entry(
        line.substring(hash + 3).strip(),
        new Envelope(
            Integer.parseInt(words[0], 16), Integer.parseInt(words[1]), body.toByteArray()));
  }

  private static byte[] bytes(String word) {
    int star = word.lastIndexOf('*');
    String one = star < 0 ? word : word.substring(0, star);
    int times = star < 0 ? 1 : Integer.parseInt(word.substring(star + 1));
    byte[] bytes =
        one.startsWith("'")
            ? one.substring(1, one.length() - 1).getBytes(StandardCharsets.UTF_8)
            : HexFormat.of().parseHex(one);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }
}
