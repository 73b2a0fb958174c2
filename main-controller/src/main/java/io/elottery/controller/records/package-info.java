/**
 * What mains remember together. Entry type: {@link io.elottery.controller.records.Records}. Called
 * on main's loop.
 */
@NullMarked
package io.elottery.controller.records;

import org.jspecify.annotations.NullMarked;
