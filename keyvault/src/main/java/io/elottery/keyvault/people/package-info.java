/**
 * Who belongs to the staff, with which roles and by what they sign in. Entry type: {@link
 * io.elottery.keyvault.people.StaffBook}. Immutable values, any thread.
 */
@NullMarked
package io.elottery.keyvault.people;

import org.jspecify.annotations.NullMarked;
