/**
 * Probes, reports, verdicts and orders. Entry type: {@link
 * io.elottery.controller.supervision.Supervisor}. On main's loop.
 */
@NullMarked
package io.elottery.controller.supervision;

import org.jspecify.annotations.NullMarked;
