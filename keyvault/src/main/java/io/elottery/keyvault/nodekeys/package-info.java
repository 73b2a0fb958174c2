/**
 * The keys one server keeps for itself. Entry type: {@link io.elottery.keyvault.nodekeys.NodeKeys}.
 * Any thread; writing waits for the disk.
 */
@NullMarked
package io.elottery.keyvault.nodekeys;

import org.jspecify.annotations.NullMarked;
