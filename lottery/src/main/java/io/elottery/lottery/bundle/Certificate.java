package io.elottery.lottery.bundle;

import java.time.Instant;

/**
 * The auditor's last word on a draw. The array is not to be changed.
 *
 * @param by the auditor's party name
 * @param at when, by the auditor's clock, whole milliseconds
 * @param signature over the certify text, 64 bytes
 */
public record Certificate(String by, Instant at, byte[] signature) {}
