package io.elottery.web.console.view;

/**
 * Something that happened.
 *
 * @param severity {@code CRITICAL WARNING NOTICE ROUTINE}: decides the colour
 * @param href where its subject is explained; empty for nowhere
 */
public record EventRow(
    String number,
    String at,
    String severity,
    String code,
    String subject,
    String href,
    String text) {}
