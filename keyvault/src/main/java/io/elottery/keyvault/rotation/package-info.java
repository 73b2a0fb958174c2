/**
 * How a link's pair keys follow each other: the machine of one link, plans over many, standing
 * approvals and cuts. Entry types: {@link io.elottery.keyvault.rotation.LinkKeys} and {@link
 * io.elottery.keyvault.rotation.RotationPlan}. Pure values: no clock, no chance, any thread.
 */
@NullMarked
package io.elottery.keyvault.rotation;

import org.jspecify.annotations.NullMarked;
