package io.elottery.controller.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.webhook.WebhookVault;
import io.elottery.reports.priority.Priority;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What the staff may ask of webhooks. The secret is in the answer to the registration and nowhere
 * else; the address is shown without its path. On main's loop.
 */
public final class WebhookCalls {
  private static final Set<StaffRole> KEEPERS = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER, StaffRole.AUDITOR);
  private static final String PATH = "/webhooks/alerts";
  private static final int ADDRESS_MAX = 500;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Ports ports;

  /** What it needs. */
  public record Ports(
      Executor loop,
      Time time,
      RandomSource random,
      AuditTrail audit,
      WebhookVault vault,
      WebhookBook book,
      AlertDesk desk) {}

  /** Serves nothing until added. */
  public WebhookCalls(Ports ports) {
    this.ports = ports;
  }

  /** Adds the calls. */
  public void addTo(StaffCalls calls) {
    calls.add("GET", PATH, READERS, request -> list());
    calls.add("POST", PATH, KEEPERS, request -> answered(() -> register(request)));
    calls.add("DELETE", PATH + "/{id}", KEEPERS, request -> answered(() -> remove(request)));
    calls.add("POST", PATH + "/{id}/test", KEEPERS, request -> answered(() -> test(request)));
  }

  private CompletableFuture<StaffAnswer> list() {
    ObjectNode body = JSON.objectNode();
    ArrayNode items = body.putArray("items");
    ports.book().current().orElse(Webhooks.NONE).all().forEach(one -> items.add(json(one)));
    body.putNull("next");
    return CompletableFuture.completedFuture(StaffAnswer.ok(body));
  }

  private CompletableFuture<StaffAnswer> register(StaffRequest request) throws ActionRefused {
    WebhookAddress address = WebhookAddress.parse(request.required("url", ADDRESS_MAX));
    Webhook fresh =
        new Webhook(
            "w-" + HexFormat.of().formatHex(ports.random().bytes(6)),
            address.host(),
            severity(request),
            request.who().name(),
            ports.time().now(),
            "");
    if (known().all().size() >= Webhooks.MOST) {
      throw ActionRefused.conflict(
          "TOO_MANY", "There are " + Webhooks.MOST + " webhooks already; remove one first.");
    }
    return ports
        .audit()
        .record(
            AuditEntry.done(
                request.who().name(), "WEBHOOK_ADDED", fresh.id(), "alerts to " + fresh.host()))
        .thenCompose(audited -> ports.vault().create(fresh.id(), address.url()))
        .thenComposeAsync(
            secret ->
                ports
                    .book()
                    .change(all -> all.with(fresh))
                    .thenApply(done -> StaffAnswer.created(json(fresh).put("secret", secret))),
            ports.loop());
  }

  private CompletableFuture<StaffAnswer> remove(StaffRequest request) throws ActionRefused {
    Webhook webhook = found(request);
    return ports
        .audit()
        .record(
            AuditEntry.done(
                request.who().name(),
                "WEBHOOK_REMOVED",
                webhook.id(),
                "no more alerts to " + webhook.host()))
        .thenCompose(audited -> ports.book().change(all -> all.without(webhook.id())))
        .thenCompose(
            done -> {
              ports.desk().forget(webhook.id());
              return ports.vault().destroy(webhook.id());
            })
        .thenApplyAsync(destroyed -> StaffAnswer.nothing(), ports.loop());
  }

  private CompletableFuture<StaffAnswer> test(StaffRequest request) throws ActionRefused {
    Webhook webhook = found(request);
    String id = "msg_" + HexFormat.of().formatHex(ports.random().bytes(16));
    byte[] body =
        JSON.objectNode()
            .put("id", id)
            .put("type", "alert.test")
            .put("at", ports.time().now().toString())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return ports
        .desk()
        .attempt(webhook.id(), id, body)
        .thenApplyAsync(outcome -> StaffAnswer.ok(tested(id, outcome)), ports.loop());
  }

  private static ObjectNode tested(String id, Outcome outcome) {
    String why =
        outcome.match(
            new Outcome.Cases<String>() {
              @Override
              public String taken(Outcome.Taken taken) {
                return "";
              }

              @Override
              public String gone(Outcome.Gone gone) {
                return "it answered 410 Gone";
              }

              @Override
              public String failed(Outcome.Failed failed) {
                return failed.why();
              }
            });
    return JSON.objectNode().put("id", id).put("delivered", why.isEmpty()).put("why", why);
  }

  private Webhook found(StaffRequest request) throws ActionRefused {
    String id = request.part("id");
    return known()
        .find(id)
        .orElseThrow(() -> ActionRefused.notFound("There is no webhook " + id + "."));
  }

  private Webhooks known() throws ActionRefused {
    return ports
        .book()
        .current()
        .orElseThrow(
            () ->
                new ActionRefused(
                    503, "NOT_READ_YET", "The webhooks are not read yet; ask again.", ""));
  }

  private static Priority severity(StaffRequest request) throws ActionRefused {
    String text = request.text("severity").orElse("WARNING").toUpperCase(Locale.ROOT);
    if (!text.equals("CRITICAL") && !text.equals("WARNING")) {
      throw ActionRefused.invalid("severity", "Expected critical or warning in \"severity\".");
    }
    return Priority.valueOf(text);
  }

  private ObjectNode json(Webhook one) {
    return JSON.objectNode()
        .put("id", one.id())
        .put("host", one.host())
        .put("severity", one.least().name())
        .put("by", one.by())
        .put("createdAt", one.createdAt().toString())
        .put("state", one.isEnabled() ? "ENABLED" : "DISABLED")
        .put("why", one.disabled())
        .put("waiting", ports.desk().waiting(one.id()));
  }

  private static CompletableFuture<StaffAnswer> answered(Refusing call) {
    try {
      return call.answer();
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private interface Refusing {
    CompletableFuture<StaffAnswer> answer() throws ActionRefused;
  }
}
