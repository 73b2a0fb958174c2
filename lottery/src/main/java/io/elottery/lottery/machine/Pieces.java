package io.elottery.lottery.machine;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.WireWriter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes in arrays that follow each other, of which parts are looked at where they are. */
record Pieces(List<byte[]> arrays) {
  long length() {
    return arrays.stream().mapToLong(array -> array.length).sum();
  }

  /** The bytes between; an array that lies in there as a whole is not copied. */
  Pieces part(long from, long to) {
    List<byte[]> part = new ArrayList<>();
    long at = 0;
    for (byte[] array : arrays) {
      int begin = (int) Math.max(0, Math.min(array.length, from - at));
      int end = (int) Math.max(0, Math.min(array.length, to - at));
      if (begin < end) {
        part.add(end - begin == array.length ? array : Arrays.copyOfRange(array, begin, end));
      }
      at += array.length;
    }
    return new Pieces(part);
  }

  /** All in one array; the only one there is, if so. */
  byte[] joined() {
    if (arrays.size() == 1) {
      return arrays.get(0);
    }
    WireWriter all = new WireWriter(Math.toIntExact(length()));
    arrays.forEach(all::raw);
    return all.toBytes();
  }

  /** SHA-256 of these bytes and then those. */
  byte[] sum(Pieces then) {
    MessageDigest sum = Sha256.running();
    arrays.forEach(sum::update);
    then.arrays.forEach(sum::update);
    return sum.digest();
  }
}
