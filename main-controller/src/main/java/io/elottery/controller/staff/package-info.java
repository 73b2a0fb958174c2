/**
 * What the staff asks main for, what takes two people, and the record of it all. Entry type: {@link
 * io.elottery.controller.staff.StaffCalls}. On main's loop.
 */
@NullMarked
package io.elottery.controller.staff;

import org.jspecify.annotations.NullMarked;
