/**
 * Certificates, receipt keys, and the pair keys of links: first ones, rotations, cuts. Entry type:
 * {@link io.elottery.controller.keys.KeyRoom}. On main's loop.
 */
@NullMarked
package io.elottery.controller.keys;

import org.jspecify.annotations.NullMarked;
