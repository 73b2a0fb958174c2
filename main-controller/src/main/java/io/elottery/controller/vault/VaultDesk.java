package io.elottery.controller.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.peers.VaultGift;
import io.elottery.controller.peers.VaultState;
import io.elottery.controller.peers.VaultTaken;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.pieces.Giver;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.pieces.PieceRefused;
import io.elottery.keyvault.pieces.Unsealing;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.HeaderFile;
import io.elottery.keyvault.vault.SignedRecords;
import io.elottery.keyvault.vault.VaultKeys;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What the staff does with the vault: looks, gives pieces, seals. All mains open and forget
 * together. Works while the vault is sealed and while ZooKeeper is away. On main's loop.
 */
public final class VaultDesk {
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final int TEXT_MAX = 300;
  private static final Set<StaffRole> OFFICERS = Set.of(StaffRole.OFFICER);
  private static final Set<StaffRole> LOOKERS =
      Set.of(StaffRole.OFFICER, StaffRole.OPERATIONS, StaffRole.AUDITOR);

  /**
   * What it needs.
   *
   * @param others all other mains
   * @param disk for what waits for the disk or takes long
   * @param opened told on the loop when a compartment of this main opened
   */
  public record Ports(
      NodeId self,
      Switchboard board,
      NodeLoop loop,
      Executor disk,
      List<NodeId> others,
      VaultKeys keys,
      HeaderFile header,
      SignedRecords office,
      RecordWatch records,
      Sets sets,
      AuditTrail audit,
      Runnable opened) {}

  /** Remembers whose pieces a member of the staff holds: LEFT's or RIGHT's, never both. */
  public interface Sets {
    /** Fixes the member's half, for good; completes once it is recorded. */
    CompletableFuture<Void> fix(StaffMember member, Hemisphere half);
  }

  private final Ports ports;
  private final VaultDoor door;
  private final HeaderKeeper headers;
  private final VaultPeers peers;
  private final PieceRenewal renewal;

  /** Serves nothing until started. */
  public VaultDesk(Ports ports, ApprovedActions approvals) {
    this.ports = ports;
    door =
        new VaultDoor(ports.keys, ports.disk, ports.loop, this::opened, ports.records::unrepaired);
    headers = new HeaderKeeper(ports.office, ports.header, door, ports.loop, ports.disk);
    peers = new VaultPeers(ports.board, ports.loop, ports.others, door, headers::look);
    renewal = new PieceRenewal(ports.keys, headers, approvals, ports.audit, peers::tellRenewed);
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    calls.addHere("GET", "/vault/status", LOOKERS, request -> done(status()));
    calls.add("POST", "/vault/unseal", OFFICERS, this::unseal);
    calls.addHere("POST", "/vault/seal", OFFICERS, this::seal);
    calls.addHere("POST", "/vault/pieces/verify", OFFICERS, this::verify);
    renewal.serveOn(calls);
    peers.start();
    headers.look();
    ports.loop.every(LOOK, headers::look);
  }

  /** {@code GET /vault/status}: every main and compartment, what waits, and how bad it is. */
  public ObjectNode status() {
    SortedMap<NodeId, Optional<VaultState>> mains = new TreeMap<>();
    mains.put(ports.self, Optional.of(door.state()));
    peers.others().forEach(other -> mains.put(other, peers.of(other)));
    return new VaultStatus(mains, renewal.waitsFor()).json();
  }

  /** Each main with a sealed compartment, and those compartments; only those that answer. */
  public Map<NodeId, List<String>> sealed() {
    Map<NodeId, List<String>> sealed = new TreeMap<>();
    addSealed(ports.self, door.state(), sealed);
    peers.others().forEach(other -> peers.of(other).ifPresent(is -> addSealed(other, is, sealed)));
    return sealed;
  }

  private static void addSealed(NodeId main, VaultState state, Map<NodeId, List<String>> into) {
    List<String> sealed =
        Arrays.stream(Compartment.values())
            .filter(compartment -> !state.part(compartment).open())
            .map(Compartment::text)
            .toList();
    if (!sealed.isEmpty()) {
      into.put(main, sealed);
    }
  }

  private CompletableFuture<StaffAnswer> unseal(StaffRequest request) {
    try {
      String text = request.required("piece", TEXT_MAX);
      Giver giver = new Giver(request.who().person(), request.who().set());
      VaultGift gift = new VaultGift(text, giver);
      return door.give(gift)
          .thenCompose(
              here -> {
                // A genuine piece may still be wanted by a main that was away before.
                return isWantedElsewhere(here)
                    ? peers.give(gift).thenCompose(there -> given(request.who(), text, here, there))
                    : refused(request.who(), here);
              });
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static boolean isWantedElsewhere(VaultTaken here) {
    return here.isTaken()
        || here.code().equals(PieceRefused.Why.OPEN.name())
        || here.code().equals(PieceRefused.Why.GIVEN_BEFORE.name());
  }

  private CompletableFuture<StaffAnswer> given(
      StaffMember who, String text, VaultTaken here, Map<NodeId, VaultTaken> there) {
    boolean taken = here.isTaken() || there.values().stream().anyMatch(VaultTaken::isTaken);
    if (!taken) {
      return refused(who, here);
    }
    peers.tell();
    Optional<KeyPiece> piece = piece(text);
    String target = piece.map(each -> each.compartment().text()).orElse("passphrase");
    ports.audit.recordLater(
        AuditEntry.done(
            who.name(),
            "VAULT_UNSEAL",
            target,
            piece.map(KeyPiece::label).orElse("a passphrase") + " given"));
    StaffAnswer answer = StaffAnswer.ok(answer(piece, here, there));
    Optional<Hemisphere> half = piece.flatMap(each -> Unsealing.half(each.compartment()));
    if (half.isEmpty() || who.set().isPresent()) {
      return CompletableFuture.completedFuture(answer);
    }
    return ports.sets.fix(who, half.get()).handle((fixed, problem) -> answer);
  }

  private ObjectNode answer(
      Optional<KeyPiece> piece, VaultTaken here, Map<NodeId, VaultTaken> there) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Compartment compartment = piece.map(KeyPiece::compartment).orElse(Compartment.NETWORK);
    VaultState.Part part = here.state().part(compartment);
    json.put("compartment", compartment.text())
        .put("given", part.given())
        .put("needed", part.needed())
        .put("state", part.open() ? "OPEN" : "SEALED");
    piece.ifPresent(each -> json.put("generation", each.generation()).put("number", each.number()));
    ArrayNode mains = json.putArray("mains");
    SortedMap<NodeId, VaultTaken> all = new TreeMap<>(there);
    all.put(ports.self, here);
    all.forEach(
        (main, taken) -> {
          VaultState.Part its = taken.state().part(compartment);
          mains
              .addObject()
              .put("main", main.name())
              .put("result", taken.isTaken() ? "TAKEN" : taken.code())
              .put("state", its.open() ? "OPEN" : "SEALED")
              .put("given", its.given())
              .put("needed", its.needed());
        });
    return json;
  }

  private CompletableFuture<StaffAnswer> refused(StaffMember who, VaultTaken here) {
    ports.audit.recordLater(
        new AuditEntry(who.name(), "", "VAULT_UNSEAL", "vault", here.words(), "REFUSED"));
    return CompletableFuture.failedFuture(
        new ActionRefused(
            here.code().equals(PieceRefused.Why.MISTYPED.name()) ? 422 : 409,
            here.code(),
            sentence(here.words()),
            "piece"));
  }

  private CompletableFuture<StaffAnswer> seal(StaffRequest request) {
    door.seal();
    ports.audit.recordLater(
        AuditEntry.done(
            request.who().name(), "VAULT_SEAL", "vault", request.text("reason").orElse("")));
    return peers
        .seal()
        .thenApply(
            there -> {
              peers.tell();
              return StaffAnswer.ok(status());
            });
  }

  private CompletableFuture<StaffAnswer> verify(StaffRequest request) {
    try {
      Compartment compartment = door.prove(request.required("piece", TEXT_MAX));
      return done(
          JsonNodeFactory.instance
              .objectNode()
              .put("compartment", compartment.text())
              .put("generation", ports.keys.header().generation())
              .put("genuine", true));
    } catch (PieceRefused refused) {
      return CompletableFuture.failedFuture(
          new ActionRefused(
              422, refused.why().name(), sentence(String.valueOf(refused.getMessage())), "piece"));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void opened() {
    peers.tell();
    ports.opened.run();
    ports.records.sweep();
  }

  private static Optional<KeyPiece> piece(String text) {
    try {
      return Optional.of(KeyPiece.parse(text));
    } catch (PieceRefused passphrase) {
      return Optional.empty();
    }
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private static CompletableFuture<StaffAnswer> done(ObjectNode json) {
    return CompletableFuture.completedFuture(StaffAnswer.ok(json));
  }
}
