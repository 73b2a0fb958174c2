package io.elottery.controller.alerts;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.health.TroubleListener;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.mutes.MuteCalls;
import io.elottery.controller.mutes.MuteDesk;
import io.elottery.controller.records.Records;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.webhook.WebhookVault;
import io.elottery.reports.mute.Mute;
import io.elottery.reports.mute.Mutes;
import io.elottery.reports.trouble.Trouble;
import java.util.List;
import java.util.Optional;

/** Mutes and alerts, wired. On main's loop. */
public final class AlertRoom implements Duty, TroubleListener {
  private final MuteDesk mutes;
  private final WebhookBook book;
  private final AlertDesk desk;

  /** What it needs of main. */
  public record Ports(
      NodeLoop loop,
      RandomSource random,
      Records records,
      Vault vault,
      AuditTrail audit,
      EventSink events,
      AlertPost post) {}

  /** Does nothing until started. */
  public AlertRoom(Ports ports, StaffCalls calls) {
    NodeLoop loop = ports.loop();
    WebhookVault vault = new WebhookVault(ports.vault().store(), ports.random());
    mutes = new MuteDesk(ports.records(), loop, loop.time(), ports.events());
    book = new WebhookBook(ports.records(), loop, ports.events());
    desk =
        new AlertDesk(
            new AlertDesk.Ports(
                loop,
                loop,
                loop.time(),
                ports.random(),
                ports.records(),
                (webhook, id, body) -> vault.sign(webhook, id, loop.time().now(), body),
                ports.post(),
                ports.events(),
                mutes::current,
                book));
    new MuteCalls(mutes, ports.audit(), loop.time(), ports.random()).addTo(calls);
    new WebhookCalls(
            new WebhookCalls.Ports(
                loop, loop.time(), ports.random(), ports.audit(), vault, book, desk))
        .addTo(calls);
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    mutes.start();
    desk.start();
  }

  /** Who muted this trouble, if somebody did. */
  public Optional<Mute> over(Trouble trouble) {
    return mutes.current().orElse(Mutes.NONE).over(trouble);
  }

  // Mutes first: what got worse is not muted any more when alerts look.
  @Override
  public void changed(List<Trouble> now) {
    mutes.changed(now);
    desk.changed(now);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    mutes.begin(hemisphere, fence);
    book.begin(hemisphere, fence);
    desk.begin(hemisphere, fence);
  }

  @Override
  public void end(Hemisphere hemisphere) {
    mutes.end(hemisphere);
    book.end(hemisphere);
    desk.end(hemisphere);
  }
}
