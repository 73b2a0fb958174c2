package io.elottery.foundation.config;

/**
 * Where one value came from, for {@code elottery config show --origin}.
 *
 * @param key dotted, {@code heartbeat.interval}
 * @param value as written; for a secret the path of its file
 * @param from {@code default}, a file with its line, a variable or a flag
 */
public record Origin(String key, String value, String from) {}
