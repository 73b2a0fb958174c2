package io.elottery.controller.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.bouncycastle.Shamir;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.VaultKeys;
import io.elottery.keyvault.vault.VaultSealed;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * New pieces for old ones: proposed, approved, then shown once to the proposer, who hands them out.
 * On main's loop.
 *
 * <p>The new header is recorded at the moment the pieces are shown, not before: until then the old
 * pieces count, so a main that dies in between leaves nobody without pieces.
 */
final class PieceRenewal implements ActionHandler {
  private static final String KIND = "VAULT_PIECES";
  private static final Set<StaffRole> OFFICERS = Set.of(StaffRole.OFFICER);

  private final VaultKeys keys;
  private final HeaderKeeper headers;
  private final ApprovedActions approvals;
  private final AuditTrail audit;
  private final Runnable renewed;
  // Approved and not shown yet; gone with this main.
  private Optional<Ready> ready = Optional.empty();

  private record Ready(String proposer, CutVault cut) {}

  /**
   * @param renewed told on the loop when a newer header counts
   */
  PieceRenewal(
      VaultKeys keys,
      HeaderKeeper headers,
      ApprovedActions approvals,
      AuditTrail audit,
      Runnable renewed) {
    this.keys = keys;
    this.headers = headers;
    this.approvals = approvals;
    this.audit = audit;
    this.renewed = renewed;
  }

  void serveOn(StaffCalls calls) {
    approvals.on(KIND, this);
    calls.add("POST", "/vault/pieces/renew", OFFICERS, this::propose);
    calls.add("POST", "/vault/pieces/show", OFFICERS, this::show);
  }

  /** Whether new pieces wait to be shown. */
  Optional<String> waitsFor() {
    return ready.map(Ready::proposer);
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    int pieces = number(action, "pieces");
    int threshold = number(action, "threshold");
    if (threshold < 2 || threshold > pieces || pieces > Shamir.SHARES_MAX) {
      throw ActionRefused.invalid(
          threshold < 2 || threshold > pieces ? "threshold" : "pieces",
          "Expected at least 2 needed, and no more than made; at most "
              + Shamir.SHARES_MAX
              + " made.");
    }
    for (Compartment compartment : Compartment.values()) {
      if (!keys.isOpen(compartment)) {
        throw ActionRefused.conflict(
            "VAULT_SEALED", "The vault's " + compartment.text() + " is sealed; unseal it first.");
      }
    }
    int generation = keys.header().generation();
    return new Described(
        "Cut the vault's three keys anew: "
            + pieces
            + " pieces for each, of which "
            + threshold
            + " open it. When the new pieces were shown to the proposer, those of generation "
            + generation
            + " are refused.",
        "generation " + generation);
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    try {
      ObjectNode action = ProposedAction.of(proposal);
      CutVault cut = keys.cut(number(action, "pieces"), number(action, "threshold"));
      ready = Optional.of(new Ready(proposal.proposer(), cut));
      return CompletableFuture.completedFuture(
          "pieces of generation "
              + cut.header().generation()
              + " wait for "
              + proposal.proposer()
              + ": `elottery vault pieces show`; until then the old ones count");
    } catch (VaultSealed | ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request) {
    try {
      ObjectNode action =
          JsonNodeFactory.instance
              .objectNode()
              .put("pieces", number(request.body(), "pieces"))
              .put("threshold", number(request.body(), "threshold"));
      return approvals.proposeFor(request.who(), KIND, action);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> show(StaffRequest request) {
    Optional<Ready> mine = ready.filter(each -> each.proposer.equals(request.who().name()));
    if (mine.isEmpty()) {
      return CompletableFuture.completedFuture(
          StaffAnswer.notFound(
              "No new pieces wait for "
                  + request.who().name()
                  + ": they are shown once, to the proposer, after the approval."));
    }
    ready = Optional.empty();
    CutVault cut = mine.get().cut;
    if (cut.header().generation() != keys.header().generation() + 1) {
      return CompletableFuture.failedFuture(
          ActionRefused.conflict("OUTDATED", "Newer pieces were made meanwhile; propose again."));
    }
    return headers
        .record(cut.header())
        .thenApply(
            done -> {
              renewed.run();
              audit.recordLater(
                  AuditEntry.done(
                      request.who().name(),
                      KIND,
                      "vault",
                      "pieces of generation " + cut.header().generation() + " shown"));
              return StaffAnswer.ok(json(cut));
            });
  }

  private static ObjectNode json(CutVault cut) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("generation", cut.header().generation());
    ObjectNode pieces = json.putObject("pieces");
    for (Compartment compartment : Compartment.values()) {
      ArrayNode texts = pieces.putArray(compartment.text());
      cut.pieces().stream()
          .filter(piece -> piece.compartment() == compartment)
          .map(KeyPiece::text)
          .forEach(texts::add);
    }
    return json;
  }

  private static int number(JsonNode from, String field) throws ActionRefused {
    JsonNode value = from.path(field);
    if (!value.canConvertToInt() || value.asInt() < 1) {
      throw ActionRefused.invalid(field, "Expected a whole number in \"" + field + "\".");
    }
    return value.asInt();
  }
}
