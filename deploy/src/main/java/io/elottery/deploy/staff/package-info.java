/**
 * A client of a running network's HTTP ports. Entry type: {@link io.elottery.deploy.staff.Http}, on
 * the calling thread.
 */
@NullMarked
package io.elottery.deploy.staff;

import org.jspecify.annotations.NullMarked;
