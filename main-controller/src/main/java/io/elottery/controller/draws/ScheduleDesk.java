package io.elottery.controller.draws;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.schedule.DrawDue;
import io.elottery.controller.schedule.DrawSchedule;
import io.elottery.controller.schedule.ScheduleLine;
import io.elottery.controller.schedule.ScheduleLine.Recurrence;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.Slot;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens draws when the schedule says so, while this main acts for LEFT. Each opening has a key made
 * of its line and time: tried by two leaders or twice, it happens once. It is tried until the draw
 * would close. A line that recurs is also tried for its current period when this main begins to
 * act. On main's loop.
 */
public final class ScheduleDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(ScheduleDesk.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param parties the published file, once it is known
   */
  public record Ports(
      NodeLoop loop,
      Hemispheres halves,
      Supplier<Optional<PartiesFile>> parties,
      DrawSchedule schedule,
      LotteryCalls lottery) {}

  private final Ports ports;
  private final DrawsConfig config;
  private long term; // Counts beginnings: what an earlier one started ends by itself.

  /** Opens nothing until this main acts for LEFT. */
  public ScheduleDesk(Ports ports, DrawsConfig config) {
    this.ports = ports;
    this.config = config;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere != Hemisphere.LEFT) {
      return;
    }
    long now = ++term;
    for (ScheduleLine line : config.schedule()) {
      current(line).ifPresent(due -> open(due, now));
    }
    ports.schedule.begin(config.schedule(), due -> ports.loop.post(() -> open(due, now)));
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      term++;
      ports.schedule.end();
    }
  }

  private Optional<DrawDue> current(ScheduleLine line) {
    return line.when()
        .match(
            new Recurrence.Cases<Optional<DrawDue>>() {
              @Override
              public Optional<DrawDue> every(Recurrence.Every every) {
                long period = every.period().toMillis();
                long now = ports.loop.time().now().toEpochMilli();
                return Optional.of(
                    new DrawDue(line, Instant.ofEpochMilli(now - Math.floorMod(now, period))));
              }

              @Override
              public Optional<DrawDue> cron(Recurrence.Cron cron) {
                return Optional.empty();
              }
            });
  }

  private void open(DrawDue due, long inTerm) {
    Instant closesAt = due.scheduledAt().plus(due.line().open());
    if (inTerm != term || !ports.loop.time().now().isBefore(closesAt)) {
      return;
    }
    Optional<PartiesFile> file = ports.parties.get().filter(PartiesChange::isComplete);
    if (file.isEmpty()) {
      log.info("{} waits for a parties file with LEFT, RIGHT and an auditor", due.line().id());
      again(due, inTerm);
      return;
    }
    List<PartyKey> parties = keys(file.get());
    ports
        .lottery
        .ask(new LotteryQuery.GameRules(GameName.of(due.line().game())))
        .thenAccept(
            answer -> {
              if (answer.isPresent() && answer.get() instanceof LotteryAnswer.GameFound found) {
                deliver(due, inTerm, command(due, closesAt, found.game().rules(), parties));
              } else {
                again(due, inTerm);
              }
            });
  }

  private DrawCommand.OpenDraw command(
      DrawDue due, Instant closesAt, String rules, List<PartyKey> parties) {
    ZonedDateTime day = due.scheduledAt().atZone(ZoneOffset.UTC);
    DrawId id =
        DrawId.of(BranchId.of(due.line().branch()), Slot.ofHour(day.getHour()), day.toLocalDate());
    return new DrawCommand.OpenDraw(
        Requester.tool("schedule"),
        GameName.of(due.line().game()),
        rules,
        id,
        true,
        config.capacity(),
        new SaleEnd.At(closesAt),
        parties,
        config.build(),
        RequestKey.of("schedule/" + due.line().id() + "/" + due.scheduledAt().toEpochMilli()));
  }

  private void deliver(DrawDue due, long inTerm, DrawCommand.OpenDraw command) {
    ports
        .lottery
        .deliver(command)
        .thenAccept(
            reply -> {
              if (reply.isEmpty()) {
                again(due, inTerm);
              } else if (reply.get() instanceof LotteryReply.DrawAccepted accepted) {
                if (!accepted.repeated()) {
                  log.info("{} open until {}", accepted.draw(), accepted.closesAt());
                }
              } else {
                log.warn("{} at {} not opened: {}", due.line().id(), due.scheduledAt(), reply);
              }
            });
  }

  private void again(DrawDue due, long inTerm) {
    ports.loop.after(AGAIN, () -> open(due, inTerm));
  }

  private static List<PartyKey> keys(PartiesFile file) {
    return file.parties().entrySet().stream()
        .map(party -> new PartyKey(PartyName.of(party.getKey()), Octets.of(party.getValue())))
        .toList();
  }
}
