package io.elottery.keyvault.vault;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.records.RecordMemory;
import io.elottery.keyvault.records.RecordMemory.Remembered;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import io.elottery.keyvault.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The offline file that {@code elottery init} writes for each main: how the vault's compartments
 * open, and the new network's first records, sealed and signed. It is read without any key; a
 * flipped bit is found by its digest, an alteration by whoever could not make the sealed digest.
 *
 * <p>A main reads it at every start; its records count only where nothing newer is known.
 */
public final class Bootstrap {
  private static final byte[] MAGIC = "ELBOOT".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 2;
  private static final int RECORDS_MAX = 10_000;
  private static final String DIGEST = "bootstrap/digest";
  private static final String SEALED = "sealed/";
  private static final String OFFICE = "office/";

  private final VaultHeader header;
  private final SortedMap<String, byte[]> records;
  private final byte[] digest;
  private final byte[] sealedDigest;

  private Bootstrap(
      VaultHeader header, SortedMap<String, byte[]> records, byte[] digest, byte[] sealedDigest) {
    this.header = header;
    this.records = records;
    this.digest = digest;
    this.sealedDigest = sealedDigest;
  }

  /**
   * What a new network begins with.
   *
   * @param sealed the vault's records by name, sealed
   * @param office signed records by name, as {@link SignedStore#first} makes them
   */
  public record Content(
      VaultHeader header, Map<String, byte[]> sealed, Map<String, byte[]> office) {}

  /** The file's bytes. */
  static byte[] encode(Content content, Sealer network) {
    SortedMap<String, byte[]> records = new TreeMap<>();
    content.sealed.forEach((name, record) -> records.put(SEALED + name, record));
    content.office.forEach((name, record) -> records.put(OFFICE + name, record));
    WireWriter out = new WireWriter(4096).raw(MAGIC).u8(FORMAT).bytes(content.header.encoded());
    out.varint(records.size());
    records.forEach((name, record) -> out.text(name).bytes(record));
    byte[] digest = Sha256.of(out.toBytes());
    return out.raw(digest).bytes(network.seal(DIGEST, digest)).toBytes();
  }

  /**
   * Writes the file, owner-only.
   *
   * @param network of the open compartment NETWORK
   */
  public static void write(Path file, Content content, Sealer network) throws IOException {
    OwnerOnlyFiles.write(file, encode(content, network));
  }

  /**
   * Reads the file; opens nothing.
   *
   * @throws SealBroken when it is not whole
   */
  public static Bootstrap read(Path file) throws IOException, SealBroken {
    return decode(file.toString(), OwnerOnlyFiles.read(file));
  }

  static Bootstrap decode(String file, byte[] bytes) throws SealBroken {
    try {
      WireReader in = new WireReader(bytes);
      if (!Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
        throw new SealBroken(file + " is not a bootstrap file");
      }
      int format = in.u8();
      if (format != FORMAT) {
        throw new SealBroken(
            file
                + " is of format "
                + format
                + ", this version knows "
                + FORMAT
                + ": make the network anew with `elottery init`");
      }
      VaultHeader header = VaultHeader.decoded(in.bytes());
      SortedMap<String, byte[]> records = new TreeMap<>();
      for (int left = in.count(RECORDS_MAX); left > 0; left--) {
        records.put(in.text(), in.bytes());
      }
      byte[] body = Arrays.copyOf(bytes, bytes.length - in.remaining());
      byte[] digest = in.raw(32);
      byte[] sealedDigest = in.bytes();
      in.done();
      if (!MessageDigest.isEqual(digest, Sha256.of(body))) {
        throw new SealBroken(file + " is damaged: copy it again from another main");
      }
      return new Bootstrap(header, records, digest, sealedDigest);
    } catch (MalformedMessage malformed) {
      throw new SealBroken(file + " is malformed: " + malformed.getMessage());
    }
  }

  /**
   * Checks, with the open compartment NETWORK, that nobody exchanged header or records.
   *
   * @throws SealBroken when somebody did, or the key is another vault's
   */
  public void prove(Sealer network) throws SealBroken {
    if (!MessageDigest.isEqual(network.open(DIGEST, sealedDigest), digest)) {
      throw new SealBroken("the bootstrap file was altered");
    }
  }

  /** How the compartments open at first. */
  public VaultHeader header() {
    return header;
  }

  /** The sealed records' names, ascending. */
  public List<String> names() {
    return namesIn(SEALED);
  }

  /** The signed records' names, ascending. */
  public List<String> officeNames() {
    return namesIn(OFFICE);
  }

  /** Lets the memory know the new network's first records, where it knows nothing newer. */
  public void seed(RecordMemory memory) {
    records.forEach((name, record) -> memory.seed(name, new Remembered(1, record, false)));
  }

  /** Whether a network's records lie there: the authority is written last. */
  public static CompletableFuture<Boolean> isIn(SealedRecords place) {
    return place.read(Vault.AUTHORITY).thenApply(Optional::isPresent);
  }

  /**
   * Copies the sealed records to where there are none yet, the authority last, so that an import
   * cut short is done again. Records already there stay.
   *
   * @return how many were new
   */
  public CompletableFuture<Integer> importInto(SealedRecords target) {
    CompletableFuture<Integer> done = CompletableFuture.completedFuture(0);
    Stream<String> inOrder =
        Stream.concat(
            names().stream().filter(name -> !name.equals(Vault.AUTHORITY)),
            names().stream().filter(name -> name.equals(Vault.AUTHORITY)));
    for (String name : inOrder.toList()) {
      byte[] sealed = records.getOrDefault(SEALED + name, new byte[0]);
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

  private List<String> namesIn(String place) {
    return records.keySet().stream()
        .filter(name -> name.startsWith(place))
        .map(name -> name.substring(place.length()))
        .toList();
  }
}
