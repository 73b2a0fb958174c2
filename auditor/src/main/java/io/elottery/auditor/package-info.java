/**
 * The auditor process: a party of every draw that the operator does not run. It fetches the leaves
 * itself, signs, reveals, counts and certifies. Entry type: {@link
 * io.elottery.auditor.AuditorMain}. One loop.
 */
@NullMarked
package io.elottery.auditor;

import org.jspecify.annotations.NullMarked;
