package io.elottery.keyvault.init;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffBookJson;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Passphrases;
import io.elottery.keyvault.vault.SignedStore;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultKeys;
import io.elottery.keyvault.vault.VaultSealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a new network, offline: one directory per server with what it needs to start or to join.
 *
 * <pre>
 *   DIR/passphrase                          made where it is not there yet; keep a copy elsewhere;
 *                                           none where the vault opens by pieces
 *   DIR/passphrase.left, .right             only where put there before: other ones for the halves
 *   DIR/authority.pem                       the authority's certificate
 *   DIR/MAIN/passphrase{,.left,.right}      what opens the vault's compartments
 *   DIR/MAIN/bootstrap.sealed               how they open, and what is in them at first
 *   DIR/MAIN/keys                           its certificate and key
 *   DIR/ZOOKEEPER/{keys,stores}             the same, and as key store, trust store, password
 *   DIR/OTHER/join.token                    shown once, by worker, gateway or auditor
 * </pre>
 *
 * <p>All files are owner-only. Never touches a network that is there: a directory that holds
 * anything but a passphrase is refused.
 */
public final class NetworkInit {
  private static final String PASSPHRASE = "passphrase";
  private static final Set<String> PASSPHRASES =
      Set.of(PASSPHRASE, PASSPHRASE + ".left", PASSPHRASE + ".right");

  private final Path directory;
  private final InitPlan plan;
  private final RandomSource random;
  private final Time time;

  private NetworkInit(Path directory, InitPlan plan, RandomSource random, Time time) {
    this.directory = directory;
    this.plan = plan;
    this.random = random;
    this.time = time;
  }

  /** Makes it; takes about a second, and the passphrase's cost. */
  public static MadeNetwork make(Path directory, InitPlan plan, RandomSource random, Time time)
      throws NetworkNotMade {
    try {
      return new NetworkInit(directory, plan, random, time).make();
    } catch (IOException
        | KeyStoreUnreadable
        | CertificateRefused
        | CertificateEncodingException
        | VaultSealed problem) {
      throw new NetworkNotMade(
          directory,
          "stopped half way (" + problem.getMessage() + "); empty it and try again",
          problem);
    }
  }

  private MadeNetwork make()
      throws NetworkNotMade,
          IOException,
          KeyStoreUnreadable,
          CertificateRefused,
          CertificateEncodingException,
          VaultSealed {
    refuseIfUsed();
    OwnerOnlyFiles.directory(directory);
    Map<Compartment, Secret> compartments = CutVault.freshKeys(random);
    Map<Compartment, String> passphrases =
        plan.pieces().isPresent() ? Map.of() : passphrases(directory.resolve(PASSPHRASE));
    CutVault cut =
        plan.pieces().isPresent()
            ? CutVault.of(
                1,
                compartments,
                plan.pieces().get().pieces(),
                plan.pieces().get().threshold(),
                random)
            : CutVault.of(1, compartments, passphrases, plan.cost(), random);
    VaultKeys opened = cut.opened(compartments, random);
    MemoryRecords records = new MemoryRecords();
    Vault vault = new Vault(opened, records, random, time);
    CertificateAuthority authority = vault.found(plan.name()).join();
    for (int shard = 0; shard < plan.shards(); shard++) {
      vault.receiptKey(shard).join();
    }
    OwnerOnlyFiles.write(directory.resolve("authority.pem"), pem(authority));
    for (Role role : List.of(Role.WORKER, Role.GATEWAY, Role.AUDITOR)) {
      for (NodeId node : plan.of(role)) {
        invite(vault, node, role);
      }
    }
    if (plan.pieces().isPresent()) {
      // The first pieces are given through a gateway, before the vault can certify anybody.
      for (NodeId node : plan.of(Role.GATEWAY)) {
        certify(authority, node, Role.GATEWAY, CertificateAuthority.VALIDITY);
      }
    }
    for (NodeId node : plan.of(Role.ZOOKEEPER)) {
      certify(authority, node, Role.ZOOKEEPER, CertificateAuthority.ZOOKEEPER_VALIDITY);
    }
    List<StaffToken> staff = staff();
    List<NodeKeys> mains = new ArrayList<>();
    for (NodeId node : plan.of(Role.MAIN)) {
      mains.add(certify(authority, node, Role.MAIN, CertificateAuthority.VALIDITY));
      Passphrases.write(home(node).resolve(PASSPHRASE), passphrases);
    }
    Map<String, byte[]> office =
        Map.of(
            StaffBookJson.RECORD,
            SignedStore.first(
                StaffBookJson.RECORD, StaffBookJson.write(book(staff)), mains.get(0)));
    Bootstrap.Content content = new Bootstrap.Content(cut.header(), records.all(), office);
    for (NodeId node : plan.of(Role.MAIN)) {
      Bootstrap.write(
          home(node).resolve("bootstrap.sealed"), content, opened.sealer(Compartment.NETWORK));
    }
    return new MadeNetwork(directory, authority.fingerprint(), staff, cut.pieces());
  }

  private void refuseIfUsed() throws NetworkNotMade, IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new NetworkNotMade(directory, "is not a directory");
    }
    try (Stream<Path> content = Files.list(directory)) {
      List<String> others =
          content
              .map(path -> String.valueOf(path.getFileName()))
              .filter(name -> !PASSPHRASES.contains(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new NetworkNotMade(
            directory,
            "is not empty ("
                + others.get(0)
                + " …): a network is made in an empty directory;"
                + " name another one, or remove what is there if it may be lost");
      }
    }
  }

  /** The same for all compartments, but for those whose file was put there before. */
  private Map<Compartment, String> passphrases(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] fresh = random.bytes(32);
      OwnerOnlyFiles.writeLine(file, Base64.getUrlEncoder().withoutPadding().encodeToString(fresh));
    }
    Map<Compartment, String> passphrases = new EnumMap<>(Compartment.class);
    String common = OwnerOnlyFiles.readLine(file);
    for (Compartment compartment : Compartment.values()) {
      passphrases.put(compartment, common);
    }
    passphrases.putAll(Passphrases.read(file));
    return passphrases;
  }

  private void invite(Vault vault, NodeId node, Role role) throws IOException {
    String token = vault.invite(node, role, plan.tokenValidity()).join().format();
    OwnerOnlyFiles.directory(home(node));
    OwnerOnlyFiles.writeLine(home(node).resolve("join.token"), token);
  }

  private NodeKeys certify(
      CertificateAuthority authority, NodeId node, Role role, Duration validity)
      throws IOException, KeyStoreUnreadable, CertificateRefused, CertificateEncodingException {
    OwnerOnlyFiles.directory(home(node));
    NodeKeys keys = NodeKeys.open(home(node).resolve("keys"), node, role, random);
    List<String> hosts = plan.hosts().getOrDefault(node, List.of());
    byte[] own = authority.issue(keys.signingRequest(), node, role, validity, hosts).getEncoded();
    keys.install(List.of(own, authority.certificate().getEncoded()), authority.fingerprint());
    if (role == Role.ZOOKEEPER) {
      keys.exportTo(home(node).resolve("stores"), random);
    }
    return keys;
  }

  private static StaffBook book(List<StaffToken> staff) {
    return StaffBook.of(
        staff.stream()
            .map(
                token ->
                    StaffMember.of(
                        token.name(),
                        token.name(),
                        Set.of(StaffRole.parse(token.role())),
                        Credentials.ofToken(Credentials.digest(token.clear()))))
            .toList());
  }

  private List<StaffToken> staff() {
    return List.of(
        StaffToken.fresh("operations", "operations", random),
        StaffToken.fresh("officer1", "officer", random),
        StaffToken.fresh("officer2", "officer", random),
        StaffToken.fresh("auditor", "auditor", random));
  }

  private Path home(NodeId node) {
    return directory.resolve(node.name());
  }

  private static byte[] pem(CertificateAuthority authority) throws CertificateEncodingException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    String body = lines.encodeToString(authority.certificate().getEncoded());
    return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
