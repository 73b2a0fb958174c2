package io.elottery.controller.app;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.records.RegistryOffice;
import io.elottery.controller.records.RegistrySecrets;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.vault.RecordWatch;
import io.elottery.controller.vault.VaultDesk;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.keyvault.records.RecordCheck;
import io.elottery.keyvault.records.RecordMemory;
import io.elottery.keyvault.records.RecordTampered;
import io.elottery.keyvault.records.RememberedRecords;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.SealedCheck;
import io.elottery.keyvault.vault.SealedRecords;
import io.elottery.keyvault.vault.SignedCheck;
import io.elottery.keyvault.vault.SignedRecords;
import io.elottery.keyvault.vault.SignedStore;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultSealed;
import io.elottery.reports.roster.RosterMain;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The vault, the records it and the offices keep, and who watches over them, wired. */
final class VaultParts {
  private static final Logger log = LoggerFactory.getLogger(VaultParts.class);

  private final MainKeys mine;
  private final RegistryOffice officeBytes;
  private final RegistrySecrets secrets;
  private final Vault vault;
  private final SignedRecords office;
  private final RecordWatch watch;
  private final VaultDesk desk;

  /** What else of this main it works with. */
  record Around(
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      ApprovedActions approvals,
      AuditTrail audit,
      VaultDesk.Sets sets) {}

  /**
   * @param opened told on the loop when the vault opened or the network's records are there
   */
  VaultParts(
      ControllerConfig config,
      ControllerPorts ports,
      MainKeys mine,
      Around around,
      Runnable opened) {
    this.mine = mine;
    RecordMemory memory = RecordMemory.open(config.dir().resolve("records.memory"), mine.disk());
    mine.bootstrap().seed(memory);
    secrets = new RegistrySecrets(ports.registry());
    officeBytes = new RegistryOffice(ports.registry());
    RememberedRecords secretly =
        remembered("sealed", secrets, memory, new SealedCheck(mine.vault()));
    RememberedRecords signed =
        remembered("office", officeBytes, memory, new SignedCheck(mine.authority()));
    vault = new Vault(mine.vault(), secretly, ports.random(), ports.time());
    office = new SignedStore(signed, mine.signer(), mine.authority());
    watch =
        new RecordWatch(
            new RecordWatch.Ports(
                config.node(),
                around.loop,
                around.halves,
                secretly,
                signed,
                secrets,
                around.audit,
                opened));
    desk =
        new VaultDesk(
            new VaultDesk.Ports(
                config.node(),
                around.board,
                around.loop,
                mine.disk(),
                config.others().stream().map(RosterMain::id).toList(),
                mine.vault(),
                mine.header(),
                office,
                watch,
                around.sets,
                around.audit,
                () -> opened(opened)),
            around.approvals);
  }

  /** What main keeps sealed. */
  Vault vault() {
    return vault;
  }

  /** Signed records, judged by this main's memory. */
  SignedRecords office() {
    return office;
  }

  /** Adds what ends with a leadership; before the desks that write records. */
  void addTo(Hemispheres halves) {
    halves.add(secrets);
    halves.add(officeBytes);
  }

  /** Founds the network's records when this main begins to act for LEFT. */
  RecordWatch watch() {
    return watch;
  }

  /** Each main with a sealed compartment, and those compartments; only those that answer. */
  Map<NodeId, List<String>> sealed() {
    return desk.sealed();
  }

  /** Begins; on the loop or before it turns. */
  void start(StaffCalls calls) {
    watch.start();
    desk.start(calls);
  }

  private void opened(Runnable next) {
    try {
      mine.bootstrap().prove(mine.vault().sealer(Compartment.NETWORK));
    } catch (VaultSealed notYet) {
      log.debug("the bootstrap is proven when the network's compartment opens");
    } catch (SealBroken altered) {
      log.error("{}: copy it again from another main", altered.getMessage());
    }
    next.run();
  }

  private RememberedRecords remembered(
      String place, SealedRecords records, RecordMemory memory, RecordCheck check) {
    return new RememberedRecords(
        place,
        new RememberedRecords.Ports(
            records, memory, check, officeBytes::isWritable, this::tampered));
  }

  private void tampered(RecordTampered event) {
    watch.tampered(event);
  }
}
