package io.elottery.keyvault.rotation;

import io.elottery.keyvault.keystep.KeyStep.Step;

/**
 * What one end is asked for.
 *
 * @param step which step
 * @param epoch of which epoch; for a cut the highest ever used
 */
public record KeyOrder(Step step, int epoch) {}
