/**
 * Issues certificates, pair keys and receipt keys. Entry type: {@link
 * io.elottery.controller.keys.KeyDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.keys;

import org.jspecify.annotations.NullMarked;
