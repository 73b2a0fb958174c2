/**
 * What is wrong, what happened, and who is told. Entry type: {@link
 * io.elottery.controller.health.HealthRoom}. On main's loop.
 */
@NullMarked
package io.elottery.controller.health;

import org.jspecify.annotations.NullMarked;
