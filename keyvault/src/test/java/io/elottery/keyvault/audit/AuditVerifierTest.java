package io.elottery.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.P256;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final CertificateAuthority AUTHORITY =
      CertificateAuthority.create("tests", new SecureRandomSource(), new SystemTime());
  private static final CertifiedSigner MAIN = signer("main-1", Role.MAIN);
  private static final CertifiedSigner OTHER = signer("main-2", Role.MAIN);
  private static final CertifiedSigner WORKER = signer("worker-1", Role.WORKER);

  @Test
  void anExportHoldsFromItsFirstRecordToItsLast() {
    AuditReport report = verify(export(records(MAIN, OTHER, MAIN)).json());

    assertThat(report)
        .isEqualTo(
            new AuditReport.Holds(1, 3, NOW.plusSeconds(9), "main-1", AUTHORITY.fingerprint()));
  }

  @Test
  void oneChangedByteIsFoundWhereverItIs() {
    byte[] file = export(records(MAIN, OTHER)).json();

    for (int at = 0; at < file.length; at++) {
      for (int flip : new int[] {1, 2, 4, 32}) {
        byte[] altered = file.clone();
        altered[at] ^= (byte) flip;
        assertThat(verify(altered))
            .as("byte %d ^ %d", at, flip)
            .isInstanceOf(AuditReport.Broken.class);
      }
    }
  }

  @Test
  void aMissingRecordIsFoundWhereverItWas() {
    List<AuditRecord> records = records(MAIN, MAIN, OTHER, MAIN);
    for (int gone = 0; gone < records.size(); gone++) {
      List<AuditRecord> rest = new ArrayList<>(records);
      rest.remove(gone);
      AuditExport whole = export(records);
      AuditExport cut =
          new AuditExport(whole.authority(), whole.certificates(), rest, whole.closing());
      assertThat(verify(cut.json())).as("record %d", gone).isInstanceOf(AuditReport.Broken.class);
    }
  }

  @Test
  void whatAWorkerSignedIsNoRecord() {
    assertThat(verify(export(records(MAIN, WORKER)).json()))
        .isEqualTo(new AuditReport.Broken(2, "its signature does not hold"));
  }

  @Test
  void anotherNetworksExportIsNamedSo() {
    byte[] file = export(records(MAIN)).json();

    assertThat(AuditVerifier.verify(file, Optional.of("00")))
        .isInstanceOfSatisfying(
            AuditReport.Broken.class, broken -> assertThat(broken.why()).contains("network"));
  }

  @Test
  void partsBecomeOneExportAndAPartStandsAlone() throws Exception {
    List<AuditRecord> records = records(MAIN, OTHER, MAIN, OTHER);
    AuditChain middle = AuditChain.after(records.get(1));
    AuditExport first =
        AuditExport.of(
            AuditChain.START, AuditChain.START, records.subList(0, 2), certificates(), NOW, MAIN);
    AuditExport second =
        AuditExport.of(AuditChain.START, middle, records.subList(2, 4), certificates(), NOW, OTHER);
    AuditExport alone =
        AuditExport.of(middle, middle, records.subList(2, 4), certificates(), NOW, OTHER);

    assertThat(verify(AuditExport.parse(first.json()).and(second).json()))
        .isInstanceOf(AuditReport.Holds.class);
    assertThat(verify(second.json())).isInstanceOf(AuditReport.Broken.class);
    assertThat(verify(alone.json()))
        .isInstanceOfSatisfying(
            AuditReport.Holds.class, holds -> assertThat(holds.first()).isEqualTo(3));
  }

  @Test
  void anEmptyTrailHolds() {
    assertThat(verify(export(List.of()).json())).isInstanceOf(AuditReport.Holds.class);
  }

  @Test
  void theTableKeepsFormulasAndLinesApart() {
    AuditRecord record =
        AuditChain.START.next(
            new AuditDraft("=cmd", "", "X", "a,b", "says \"no\" and goes", "DONE"), NOW, MAIN);

    assertThat(export(List.of(record)).csv())
        .contains(",'=cmd,,X,\"a,b\",\"says \"\"no\"\" and goes\",DONE,");
  }

  private static AuditReport verify(byte[] file) {
    return AuditVerifier.verify(file, Optional.of(AUTHORITY.fingerprint()));
  }

  private static AuditExport export(List<AuditRecord> records) {
    return AuditExport.of(
        AuditChain.START, AuditChain.START, records, certificates(), NOW.plusSeconds(9), MAIN);
  }

  private static List<AuditRecord> records(CertifiedSigner... signers) {
    List<AuditRecord> records = new ArrayList<>();
    AuditChain chain = AuditChain.START;
    for (CertifiedSigner signer : signers) {
      AuditDraft draft =
          new AuditDraft("officer1", "officer2", "KEYS_ROTATE", "a,b", "12 links", "DONE");
      AuditRecord record = chain.next(draft, NOW.plusSeconds(chain.number()), signer);
      records.add(record);
      chain = AuditChain.after(record);
    }
    return records;
  }

  private static Map<String, byte[]> certificates() {
    Map<String, byte[]> certificates = new TreeMap<>();
    for (CertifiedSigner signer : List.of(MAIN, OTHER, WORKER)) {
      certificates.put(Sha256.hex(signer.chain().get(0)), signer.chain().get(0));
    }
    return certificates;
  }

  private static CertifiedSigner signer(String name, Role role) {
    KeyPair pair = P256.generate(new SecureRandomSource());
    try {
      String subject = CertificateAuthority.subject(NodeId.of(name), role);
      byte[] own =
          AUTHORITY
              .issue(
                  Certificates.signingRequest(subject, pair),
                  NodeId.of(name),
                  role,
                  CertificateAuthority.VALIDITY)
              .getEncoded();
      List<byte[]> chain = List.of(own, AUTHORITY.certificate().getEncoded());
      return new CertifiedSigner() {
        @Override
        public byte[] sign(byte[] message) {
          try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
          } catch (GeneralSecurityException ours) {
            throw new AssertionError(ours);
          }
        }

        @Override
        public List<byte[]> chain() {
          return chain;
        }
      };
    } catch (Exception ours) {
      throw new AssertionError(ours);
    }
  }
}
