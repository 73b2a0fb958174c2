package io.elottery.controller.schedule;

import java.time.Instant;

/**
 * A draw is to be opened.
 *
 * @param line why
 * @param scheduledAt when it was meant to be; with the line it names this opening for good, so that
 *     it happens once however often it is tried
 */
public record DrawDue(ScheduleLine line, Instant scheduledAt) {}
