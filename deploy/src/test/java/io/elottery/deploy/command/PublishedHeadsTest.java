package io.elottery.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.P256;
import io.elottery.ledger.head.Chain;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.verify.SignedHistory;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saved page of heads, as it is published and as somebody might forge it. */
final class PublishedHeadsTest {
  private final RandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", random, new SystemTime());
  private final Head head = head();

  @Test
  void headsThatAMajoritySignedAreRead() throws Exception {
    SignedHistory history = read(page(3, Role.WORKER, head), Optional.empty());

    assertThat(history.shard()).isEqualTo(3);
    assertThat(history.points().get(0).hash()).isEqualTo(head.hash());
    assertThat(read(page(3, Role.WORKER, head), Optional.of(authority.fingerprint())).points())
        .hasSize(1);
  }

  @Test
  void whatDoesNotHoldIsRefused() throws Exception {
    Head other =
        new Head(
            head.shard(),
            head.number(),
            head.position(),
            head.commands() + 1,
            head.stampedAt(),
            head.log(),
            head.state(),
            head.previous());

    refused(page(2, Role.WORKER, head), "2 of 5 signed, no majority");
    refused(page(3, Role.WORKER, other), "worker-1");
    refused(page(3, Role.GATEWAY, head), "worker-1");
    assertThatThrownBy(() -> read(page(3, Role.WORKER, head), Optional.of("00")))
        .hasMessageContaining("of another network");
  }

  @Test
  void aProofThatComesWithAHeadIsReadAndAMalformedOneRefused() throws Exception {
    String page = new String(page(3, Role.WORKER, head), StandardCharsets.UTF_8);
    String proof =
        "{\"figures\":\"ffffffffffffffff\",\"index\":1,\"path\":[\""
            + "ab".repeat(32)
            + "\"],\"position\":7,\"size\":2,\"ticket\":\"aa\"}";
    String with = page.replaceFirst(",\"items\"", ",\"inclusion\":" + proof + ",\"items\"");

    SignedHistory history = read(with.getBytes(StandardCharsets.UTF_8), Optional.empty());

    assertThat(history.inclusions())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.ticket()).isEqualTo("aa");
              assertThat(it.proof().figures()).isEqualTo(-1);
              assertThat(it.proof().sale().path()).hasSize(1);
            });
    refused(with.replace("\"size\":2", "\"size\":1").getBytes(StandardCharsets.UTF_8), "leaf 1");
    refused(with.replace("ffffffff\"", "zz\"").getBytes(StandardCharsets.UTF_8), "heads.inclusion");
    refused(with.replace("abab", "").getBytes(StandardCharsets.UTF_8), "heads.inclusion.path");
  }

  private static void refused(byte[] page, String why) {
    assertThatThrownBy(() -> read(page, Optional.empty()))
        .isInstanceOf(JsonRefused.class)
        .hasMessageContaining(why);
  }

  private static SignedHistory read(byte[] page, Optional<String> authority) throws JsonRefused {
    return PublishedHeads.read(page, authority);
  }

  private static Head head() {
    Chain chain = new Chain(new ShardId(3));
    chain.add(7, Instant.parse("2026-11-21T12:00:00.5Z"), 5, new byte[] {1});
    return chain.tell(new byte[Head.HASH_BYTES]);
  }

  private byte[] page(int signers, Role role, Head told) throws Exception {
    List<Json> signatures = new ArrayList<>();
    for (int i = 1; i <= signers; i++) {
      NodeId server = NodeId.of("worker-" + i);
      KeyPair pair = P256.generate(random);
      byte[] asks = Certificates.signingRequest(CertificateAuthority.subject(server, role), pair);
      byte[] certificate =
          authority.issue(asks, server, role, CertificateAuthority.VALIDITY).getEncoded();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(head.statement(server, 5));
      signatures.add(
          Json.fields()
              .with("server", server.name())
              .with("voters", 5)
              .with("signature", BytesText.base64(signature.sign()))
              .with("certificate", BytesText.base64(certificate)));
    }
    Json item =
        Json.fields()
            .with("shard", told.shard().number())
            .with("number", told.number())
            .with("position", told.position().index())
            .with("commands", told.commands())
            .with("stampedAt", told.stampedAt().toString())
            .with("log", BytesText.hex(told.log()))
            .with("state", BytesText.hex(told.state()))
            .with("previous", BytesText.hex(told.previous()))
            .with("hash", BytesText.hex(told.hash()))
            .with("signatures", signatures);
    String page =
        CanonicalJson.text(
            Json.fields()
                .with("authority", BytesText.base64(authority.certificate().getEncoded()))
                .with("items", List.of(item)));
    return page.replaceFirst("}$", ",\"next\":null}").getBytes(StandardCharsets.UTF_8);
  }
}
