package io.elottery.reports.triage;

import io.elottery.foundation.id.NodeId;

/**
 * A neighbour's answer to main's question whether it hears a worker now.
 *
 * @param observer who was asked
 * @param worker about whom
 * @param heard whether the worker answered it, or sent an impulse meanwhile
 */
public record Testimony(NodeId observer, NodeId worker, boolean heard) {}
