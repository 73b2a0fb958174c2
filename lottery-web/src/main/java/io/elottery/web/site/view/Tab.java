package io.elottery.web.site.view;

/** One of several views of a page. */
public record Tab(String title, String href, boolean active) {}
