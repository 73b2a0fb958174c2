package io.elottery.web.site.view;

/** How far one party of a draw is. */
public record PartyStep(String name, boolean committed, boolean signed, boolean revealed) {}
