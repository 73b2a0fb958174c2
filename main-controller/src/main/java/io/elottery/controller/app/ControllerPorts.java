package io.elottery.controller.app;

import io.elottery.controller.alerts.AlertPost;
import io.elottery.controller.schedule.DrawSchedule;
import io.elottery.controller.schedule.RotationClock;
import io.elottery.controller.supervision.ReachCheck;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.Registry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a controller reaches the world by, beside its trunks.
 *
 * @param connection of registry, election and fences; started and closed with the controller
 * @param sessionTimeout after which a silent main's seat is given to another
 * @param fencesSeen the highest fence any server reports; the election asks for a higher one
 */
record ControllerPorts(
    Time time,
    RandomSource random,
    ReachCheck reach,
    DrawSchedule schedule,
    RotationClock rotations,
    RotationClock tests,
    Lifecycle connection,
    Registry registry,
    Election election,
    Duration sessionTimeout,
    AlertPost alerts,
    AtomicLong fencesSeen) {}
