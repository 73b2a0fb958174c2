package io.elottery.keyvault.vault;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.seal.PassphraseKdf;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import io.elottery.keyvault.secret.Digests;
import io.elottery.keyvault.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The offline file that {@code elottery init} writes for each main: how the passphrase becomes the
 * master key, and the sealed records of the new network. A flipped bit anywhere is found.
 *
 * <p>A main reads it at every start for the master key; the records in it are imported once, by the
 * first acting main that finds none in the registry.
 */
public final class Bootstrap {
  private static final byte[] MAGIC = "ELBOOT".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final int RECORDS_MAX = 10_000;
  private static final String DIGEST = "bootstrap/digest";

  private final Sealer sealer;
  private final SortedMap<String, byte[]> records;

  private Bootstrap(Sealer sealer, SortedMap<String, byte[]> records) {
    this.sealer = sealer;
    this.records = records;
  }

  /** The file's bytes. */
  static byte[] encode(PassphraseKdf kdf, Sealer sealer, Map<String, byte[]> records) {
    WireWriter out = new WireWriter(4096).raw(MAGIC).u8(FORMAT);
    kdf.writeTo(out);
    out.varint(records.size());
    new TreeMap<>(records).forEach((name, record) -> out.text(name).bytes(record));
    byte[] digest = Digests.sha256(out.toBytes());
    return out.bytes(sealer.seal(DIGEST, digest)).toBytes();
  }

  /** Writes the file, owner-only. */
  public static void write(Path file, PassphraseKdf kdf, Sealer sealer, Map<String, byte[]> records)
      throws IOException {
    OwnerOnlyFiles.write(file, encode(kdf, sealer, records));
  }

  /**
   * Reads the file; takes as long as the passphrase's parameters say.
   *
   * @param passphraseFile owner-only, one line
   * @throws SealBroken when the passphrase is wrong or the file was altered
   */
  public static Bootstrap open(Path file, Path passphraseFile, RandomSource random)
      throws IOException, SealBroken {
    byte[] bytes = OwnerOnlyFiles.read(file);
    return open(file.toString(), bytes, OwnerOnlyFiles.readLine(passphraseFile), random);
  }

  static Bootstrap open(String file, byte[] bytes, String passphrase, RandomSource random)
      throws SealBroken {
    try {
      WireReader in = new WireReader(bytes);
      if (!Arrays.equals(in.raw(MAGIC.length), MAGIC) || in.u8() != FORMAT) {
        throw new SealBroken(file + " is not a bootstrap file that this version knows");
      }
      PassphraseKdf kdf = PassphraseKdf.readFrom(in);
      SortedMap<String, byte[]> records = new TreeMap<>();
      for (int left = in.count(RECORDS_MAX); left > 0; left--) {
        records.put(in.text(), in.bytes());
      }
      int digested = bytes.length - in.remaining();
      byte[] sealedDigest = in.bytes();
      in.done();
      Sealer sealer = Sealer.fromPassphrase(kdf, passphrase, random);
      byte[] expected = sealer.open(DIGEST, sealedDigest);
      if (!MessageDigest.isEqual(expected, Digests.sha256(Arrays.copyOf(bytes, digested)))) {
        throw new SealBroken(file + " was altered");
      }
      return new Bootstrap(sealer, records);
    } catch (MalformedMessage malformed) {
      throw new SealBroken(file + " is malformed: " + malformed.getMessage());
    }
  }

  /** Opens and makes the network's sealed records. */
  public Sealer sealer() {
    return sealer;
  }

  /** The records' names, ascending. */
  public List<String> names() {
    return List.copyOf(records.keySet());
  }

  /**
   * Copies the records to where there are none yet, the authority last, so that an import cut short
   * is done again. Records already there stay.
   *
   * @return how many were new
   */
  public CompletableFuture<Integer> importInto(SealedRecords target) {
    CompletableFuture<Integer> done = CompletableFuture.completedFuture(0);
    Stream<String> inOrder =
        Stream.concat(
            records.keySet().stream().filter(name -> !name.equals(Vault.AUTHORITY)),
            Stream.of(Vault.AUTHORITY).filter(records::containsKey));
    for (String name : inOrder.toList()) {
      byte[] sealed = records.getOrDefault(name, new byte[0]);
      done =
          done.thenCompose(
              count -> target.create(name, sealed).thenApply(made -> made ? count + 1 : count));
    }
    return done;
  }

  @Override
  public String toString() {
    return "Bootstrap[" + records.size() + " records, " + Secret.HIDDEN + "]";
  }
}
