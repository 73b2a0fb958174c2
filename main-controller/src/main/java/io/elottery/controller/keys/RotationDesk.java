package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.rotation.KeyEpoch;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.PlanRecord;
import io.elottery.keyvault.rotation.RotationKeeper;
import io.elottery.keyvault.rotation.RotationLine;
import io.elottery.keyvault.rotation.RotationMachine;
import io.elottery.keyvault.rotation.RotationPlan;
import io.elottery.keyvault.rotation.RotationScope;
import io.elottery.keyvault.rotation.StandingApproval;
import io.elottery.keyvault.rotation.Waves;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates pair keys while this main acts for LEFT: what two officers approved, and what the
 * standing approval lets main do by itself when the schedule says so. A new leader goes on with the
 * recorded plan. On main's loop.
 */
final class RotationDesk implements Duty, ActionHandler {
  private static final Logger log = LoggerFactory.getLogger(RotationDesk.class);
  private static final Duration STEP = Duration.ofMillis(200);

  private final KeyPorts ports;
  private final KeysConfig config;
  private final KeyDesk keys;
  private final Standing standing;
  private final LinkBlocks blocks;
  private final TypedRecord<RotationPlan> record;
  private @Nullable RotationKeeper keeper; // While this main acts for LEFT.
  private Optional<String> running = Optional.empty(); // The plan that was seen running.

  RotationDesk(
      KeyPorts ports, KeysConfig config, KeyDesk keys, Standing standing, LinkBlocks blocks) {
    this.ports = ports;
    this.config = config;
    this.keys = keys;
    this.standing = standing;
    this.blocks = blocks;
    this.record =
        new TypedRecord<>(
            ports.office(),
            ports.loop(),
            "keys-rotation",
            RotationPlan::encoded,
            RotationPlan::decoded);
  }

  void start() {
    ports.loop().every(STEP, () -> plans().ifPresent(RotationKeeper::step));
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere != Hemisphere.LEFT) {
      return;
    }
    plans().ifPresent(RotationKeeper::stop);
    RotationKeeper fresh =
        new RotationKeeper(
            new RotationKeeper.Ports(ports.loop(), planRecord(), keys::keeper, blocks::of),
            new RotationMachine(config.deadline()),
            this::changed);
    keeper = fresh;
    fresh.start();
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      plans().ifPresent(RotationKeeper::stop);
      keeper = null;
      running = Optional.empty();
    }
  }

  /** The plan that runs or ran last. */
  Optional<RotationPlan> plan() {
    return plans().flatMap(RotationKeeper::plan);
  }

  /** What a rotation of the scope would do now. */
  Preview preview(RotationScope scope) {
    List<LinkName> ready = new ArrayList<>();
    Map<LinkName, String> blocked = new TreeMap<>();
    for (LinkName link : keys.wanted()) {
      if (LinkScopes.covers(scope, link, ports.plan().get())) {
        blocks.of(link).ifPresentOrElse(why -> blocked.put(link, why), () -> ready.add(link));
      }
    }
    return new Preview(LinkScopes.words(scope), Waves.of(ready), blocked);
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    Preview preview = preview(LinkScopes.parse(action.path("scope")));
    if (preview.waves().isEmpty()) {
      throw ActionRefused.conflict(
          "NOTHING_TO_ROTATE",
          "No link can be rotated now"
              + (preview.blocked().isEmpty() ? "." : ": " + preview.blocked() + "."));
    }
    return new Described(preview.text(), preview.order());
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    Optional<RotationPlan> is = plan();
    if (is.isPresent() && is.get().id().equals(proposal.id())) {
      return CompletableFuture.completedFuture("rotation " + proposal.id() + " began");
    }
    Preview preview;
    try {
      JsonNode scope = ProposedAction.of(proposal).path("scope");
      preview = preview(LinkScopes.parse(scope));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return begin(preview, proposal.id(), proposal.proposer(), proposal.approver());
  }

  /** The schedule says that it is time: rotates what is due under the standing approval. */
  void due() {
    Instant now = ports.loop().time().now();
    Optional<RotationKeeper> plans = plans();
    if (plans.isEmpty() || plans.get().busy().isPresent() || standing.refusal().isPresent()) {
      return;
    }
    StandingApproval under = standing.current().orElseThrow();
    List<LinkKeys> due = new ArrayList<>();
    for (LinkName link : keys.wanted()) {
      keys.keeper(link)
          .flatMap(LinkKeeper::state)
          .filter(is -> is.inUse().map(epoch -> under.isDue(epoch.madeAt(), now)).orElse(false))
          .filter(is -> blocks.of(is.link()).isEmpty())
          .ifPresent(due::add);
    }
    due.sort(Comparator.comparing(RotationDesk::madeAt));
    List<LinkName> links = due.stream().limit(under.left(now)).map(LinkKeys::link).toList();
    if (links.isEmpty()) {
      return;
    }
    Preview preview = new Preview("links whose keys are due", Waves.of(links), new TreeMap<>());
    String id = "standing-" + now.getEpochSecond();
    standing
        .use(links.size())
        .thenCompose(used -> begin(preview, id, under.proposedBy(), under.approvedBy()))
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                log.warn("{} did not begin: {}", id, problem.toString());
              }
            });
  }

  private CompletableFuture<String> begin(
      Preview preview, String id, String proposer, String approver) {
    Optional<RotationKeeper> plans = plans();
    Optional<String> no =
        plans.isEmpty()
            ? Optional.of("this main does not act for LEFT")
            : plans.get().busy().or(() -> preview.nothing());
    if (no.isPresent()) {
      return CompletableFuture.failedFuture(ActionRefused.conflict("NOT_NOW", no.get()));
    }
    RotationPlan fresh =
        RotationPlan.of(
            id, preview.scope(), proposer, approver, ports.loop().time().now(), preview.waves());
    AuditEntry entry =
        new AuditEntry(proposer, approver, "KEYS_ROTATE", preview.scope(), preview.text(), "BEGUN");
    return ports
        .audit()
        .record(entry)
        .thenCompose(audited -> plans.orElseThrow().begin(fresh))
        .thenApply(
            begun -> "rotation of " + fresh.lines().size() + " links began; see `keys rotation`");
  }

  private void changed() {
    Optional<RotationPlan> is = plan();
    if (is.isEmpty()) {
      return;
    }
    if (is.get().isRunning()) {
      running = Optional.of(is.get().id());
    } else if (running.equals(Optional.of(is.get().id()))) {
      running = Optional.empty();
      RotationPlan over = is.get();
      String detail =
          over.count(RotationLine.State.DONE)
              + " of "
              + over.lines().size()
              + " links done"
              + (over.why().isEmpty() ? "" : "; stopped: " + over.why());
      ports
          .audit()
          .recordLater(
              new AuditEntry(
                  over.proposedBy(),
                  over.approvedBy(),
                  "KEYS_ROTATED",
                  over.scope(),
                  over.id() + ": " + detail,
                  over.state().name()));
    }
  }

  private Optional<RotationKeeper> plans() {
    return Optional.ofNullable(keeper);
  }

  private PlanRecord planRecord() {
    return new PlanRecord() {
      @Override
      public CompletableFuture<Optional<RotationPlan>> read() {
        return record.read();
      }

      @Override
      public CompletableFuture<Void> write(RotationPlan plan) {
        return record.write(plan);
      }
    };
  }

  private static Instant madeAt(LinkKeys keys) {
    return keys.inUse().map(KeyEpoch::madeAt).orElse(Instant.MAX);
  }

  /**
   * What a rotation would do.
   *
   * @param scope in words
   * @param blocked why a link is left out
   */
  record Preview(String scope, List<List<LinkName>> waves, Map<LinkName, String> blocked) {
    /** The links in their order: what an approval is about. */
    String order() {
      return waves.toString();
    }

    Optional<String> nothing() {
      return waves.isEmpty() ? Optional.of("no link can be rotated now") : Optional.empty();
    }

    /** For a person. */
    String text() {
      StringBuilder text = new StringBuilder();
      text.append("New keys for ")
          .append(waves.stream().mapToInt(List::size).sum())
          .append(" links (")
          .append(scope)
          .append(") in ")
          .append(waves.size())
          .append(" waves.");
      for (int i = 0; i < waves.size(); i++) {
        text.append(" Wave ").append(i + 1).append(": ").append(waves.get(i)).append('.');
      }
      if (!blocked.isEmpty()) {
        text.append(" Left out: ").append(blocked).append('.');
      }
      return text.toString();
    }

    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("scope", scope);
      json.put("links", waves.stream().mapToInt(List::size).sum());
      ArrayNode all = json.putArray("waves");
      waves.forEach(
          wave -> {
            ArrayNode links = all.addArray();
            wave.forEach(link -> links.add(link.text()));
          });
      ArrayNode left = json.putArray("blocked");
      blocked.forEach((link, why) -> left.addObject().put("link", link.text()).put("why", why));
      return json.put("words", text());
    }
  }
}
