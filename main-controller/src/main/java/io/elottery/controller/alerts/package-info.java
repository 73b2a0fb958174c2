/**
 * Tells receivers outside of troubles: once each, signed, again and again until it is taken. Entry
 * type: {@link io.elottery.controller.alerts.AlertDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.alerts;

import org.jspecify.annotations.NullMarked;
