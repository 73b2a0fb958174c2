package io.elottery.worker.proving;

import io.elottery.foundation.time.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Measures disk and processor of this machine; takes a second or so of the calling thread. */
final class Bench {
  private static final int FLUSHES = 100;
  private static final Duration FLUSHES_MOST = Duration.ofSeconds(10);
  private static final int BLOCK = 4096;
  private static final int SEALED = 64 << 10;
  private static final Duration EACH = Duration.ofMillis(100);
  private static final int MEBIBYTE = 1 << 20;

  private final Path directory;
  private final Time time;

  Bench(Path directory, Time time) {
    this.directory = directory;
    this.time = time;
  }

  /** Flushes of one block, ascending. */
  Duration[] flushes() throws IOException {
    Path file = directory.resolve("capacity.test");
    long began = time.nanos();
    long[] took = new long[FLUSHES];
    int done = 0;
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (done < FLUSHES && time.nanos() - began < FLUSHES_MOST.toNanos()) {
        long before = time.nanos();
        block.clear();
        while (block.hasRemaining()) {
          out.write(block);
        }
        out.force(false);
        took[done++] = time.nanos() - before;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return Arrays.stream(Arrays.copyOf(took, done))
        .sorted()
        .mapToObj(Duration::ofNanos)
        .toArray(Duration[]::new);
  }

  /** MiB a second through AES-256-GCM. */
  int sealedPerSecond() throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(new byte[32], "AES"); // Measures, protects nothing.
    byte[] nonce = new byte[12];
    byte[] block = new byte[SEALED];
    long rounds = 0;
    long began = time.nanos();
    long took = 0;
    while (took < EACH.toNanos()) {
      ByteBuffer.wrap(nonce).putLong(rounds++);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
      cipher.doFinal(block);
      took = time.nanos() - began;
    }
    return (int) (rounds * SEALED * 1_000_000_000L / took / MEBIBYTE);
  }

  /** Ed25519 signatures made, and checked, in a second. */
  int[] signatures() throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Signature signer = Signature.getInstance("Ed25519");
    byte[] message = new byte[256];
    byte[][] last = new byte[1][];
    int made =
        perSecond(
            () -> {
              signer.initSign(keys.getPrivate());
              signer.update(message);
              last[0] = signer.sign();
            });
    int checked =
        perSecond(
            () -> {
              signer.initVerify(keys.getPublic());
              signer.update(message);
              if (!signer.verify(last[0])) {
                throw new GeneralSecurityException("an own signature was not recognized");
              }
            });
    return new int[] {made, checked};
  }

  private int perSecond(Work work) throws GeneralSecurityException {
    long rounds = 0;
    long began = time.nanos();
    long took = 0;
    while (took < EACH.toNanos()) {
      work.once();
      rounds++;
      took = time.nanos() - began;
    }
    return (int) (rounds * 1_000_000_000L / took);
  }

  private interface Work {
    void once() throws GeneralSecurityException;
  }
}
