package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.ServerSignature;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.verify.SignedHistory;
import io.elottery.lottery.verify.SoldInState;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A page of {@code GET /api/v1/heads/{shard}} as it was saved, with every signature checked: each
 * head is signed by more than half of the copies that had a vote, each by a worker's key that the
 * page's authority certified. With a page of one head from {@code GET
 * /api/v1/tickets/{ticket}/inclusion} comes what proves that a ticket is part of it, which is not
 * checked here.
 */
final class PublishedHeads {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int HASH = Head.HASH_BYTES;

  private PublishedHeads() {}

  /**
   * Reads and checks.
   *
   * @param authority hex SHA-256 of the network's authority, where it is known
   * @throws JsonRefused naming what is not as it must be
   */
  static SignedHistory read(byte[] file, Optional<String> authority) throws JsonRefused {
    FieldReader page = FieldReader.of("heads", CanonicalJson.parse(withoutCursor(file)));
    X509Certificate root = root(page.text("authority"), authority);
    List<SignedHistory.Point> points = new ArrayList<>();
    int shard = -1;
    for (Json item : page.items("items")) {
      String where = "heads.items[" + points.size() + "]";
      try {
        FieldReader in = FieldReader.of(where, item);
        Head head = head(in);
        if (shard != -1 && shard != head.shard().number()) {
          throw new JsonRefused(where + ": of another shard");
        }
        shard = head.shard().number();
        signed(where, head, in.items("signatures"), root);
        points.add(
            new SignedHistory.Point(
                head.number(),
                head.position().index(),
                head.commands(),
                head.stampedAt(),
                head.state(),
                head.hash(),
                head.previous()));
      } catch (IllegalArgumentException | DateTimeException wrong) {
        throw new JsonRefused(where + ": " + wrong.getMessage());
      }
    }
    if (points.isEmpty()) {
      throw new JsonRefused("heads: there are none");
    }
    List<SignedHistory.Inclusion> inclusions = new ArrayList<>();
    if (page.has("inclusion")) {
      inclusions.add(inclusion(page.object("inclusion")));
    }
    return new SignedHistory(shard, points, inclusions);
  }

  private static SignedHistory.Inclusion inclusion(Json field) throws JsonRefused {
    FieldReader in = FieldReader.of("heads.inclusion", field);
    try {
      List<byte[]> path = new ArrayList<>();
      for (String hex : in.texts("path")) {
        path.add(
            BytesText.fromHex(hex)
                .filter(hash -> hash.length == HASH)
                .orElseThrow(() -> new JsonRefused("heads.inclusion.path: expected hashes")));
      }
      return new SignedHistory.Inclusion(
          in.text("ticket"),
          in.whole("position", 0, Json.WHOLE_LIMIT - 1),
          new SoldInState(
              HexFormat.fromHexDigitsToLong(in.text("figures")),
              new InclusionProof(
                  in.whole("index", 0, Json.WHOLE_LIMIT - 1),
                  in.whole("size", 1, Json.WHOLE_LIMIT - 1),
                  path)));
    } catch (IllegalArgumentException wrong) {
      throw new JsonRefused("heads.inclusion: " + wrong.getMessage());
    }
  }

  /** Hex SHA-256 of the authority that a page names. */
  static String authority(byte[] file) throws JsonRefused {
    FieldReader page = FieldReader.of("heads", CanonicalJson.parse(withoutCursor(file)));
    return CertificateAuthority.fingerprint(root(page.text("authority"), Optional.empty()));
  }

  // A page's last cursor is null, which canonical JSON does not know.
  private static byte[] withoutCursor(byte[] file) throws JsonRefused {
    try {
      if (MAPPER.readTree(file) instanceof ObjectNode page) {
        page.remove("next");
        return MAPPER.writeValueAsBytes(page);
      }
      throw new JsonRefused("heads: expected an object");
    } catch (IOException malformed) {
      throw new JsonRefused("heads: " + malformed.getMessage());
    }
  }

  private static Head head(FieldReader in) throws JsonRefused {
    return new Head(
        new ShardId(in.number("shard", 0, ShardId.MAX - 1)),
        in.whole("number", 1, Json.WHOLE_LIMIT - 1),
        new LogPosition(in.whole("position", 0, Json.WHOLE_LIMIT - 1)),
        in.whole("commands", 0, Json.WHOLE_LIMIT - 1),
        Instant.parse(in.text("stampedAt")),
        in.hex("log", HASH),
        in.hex("state", HASH),
        in.hex("previous", HASH));
  }

  private static X509Certificate root(String base64, Optional<String> expected) throws JsonRefused {
    try {
      X509Certificate root = Certificates.parse(bytes("authority", base64));
      String fingerprint = CertificateAuthority.fingerprint(root);
      if (expected.filter(known -> !known.equalsIgnoreCase(fingerprint)).isPresent()) {
        throw new JsonRefused("heads: of another network, its authority is " + fingerprint);
      }
      return root;
    } catch (GeneralSecurityException malformed) {
      throw new JsonRefused("heads: the authority's certificate does not hold");
    }
  }

  private static void signed(String where, Head head, List<Json> signatures, X509Certificate root)
      throws JsonRefused {
    Set<NodeId> signers = new TreeSet<>();
    int most = 1;
    for (Json one : signatures) {
      FieldReader in = FieldReader.of(where, one);
      NodeId server = NodeId.of(in.text("server"));
      int voters = in.number("voters", 1, 16);
      most = Math.max(most, voters);
      try {
        NodeId signer =
            ServerSignature.check(
                Role.WORKER,
                head.statement(server, voters),
                bytes(where, in.text("signature")),
                bytes(where, in.text("certificate")),
                root);
        if (!signer.equals(server)) {
          throw new JsonRefused(where + ": signed by " + signer + ", not by " + server);
        }
        signers.add(signer);
      } catch (CertificateRefused refused) {
        throw new JsonRefused(where + ": " + server + ": " + refused.getMessage());
      }
    }
    if (signers.size() * 2 <= most) {
      throw new JsonRefused(where + ": " + signers.size() + " of " + most + " signed, no majority");
    }
  }

  private static byte[] bytes(String where, String base64) throws JsonRefused {
    return BytesText.fromBase64(base64).orElseThrow(() -> new JsonRefused(where + ": no base64"));
  }
}
